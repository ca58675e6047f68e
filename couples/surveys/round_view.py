"""One round as one person may see it, unsealed as far as somebody looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from couples.surveys import reading, rules
from couples.surveys.answering.services import Stored, stored_from
from couples.surveys.reading import Both, Found
from couples.surveys.rules import NO_RESPONSE, ResponseView
from couples.surveys.terms import Asked


class RoundView:
    """One round as one person may see it.

    closed           whether it has closed, and so opened what both shared
    skipped_by_me    whether I have left it out
    """

    def __init__(
        self,
        found: Found,
        person_id: str,
        now: datetime,
        asked: dict[str, tuple[Asked, ...]],
        known: Both | None = None,
        *,
        with_own: bool = True,
    ) -> None:
        """See it as this person; `known` is what both responses hold, where it is unsealed already.

        Years of rounds are looked at for a dozen of them: what the others hold stays sealed. In
        `asked` the rounds of one couple share what they have read of their questions.
        """
        self.id, self.number, self.weekly = found.id, found.number, found.every_weeks == 1
        self.opens_at, self.closes_at = found.opens_at, found.closes_at
        self.closed = rules.has_closed(found.closes_at, now, None)
        self.skipped_by_me = found.skipped and with_own
        self._of = found, person_id, now, asked, known
        self._with_own = with_own

    def without_own(self) -> RoundView:
        """Return what both know of it, for when somebody else may hold the device (rule P2)."""
        return RoundView(*self._of, with_own=False)

    @cached_property
    def topics(self) -> tuple[Asked, ...]:
        """What it asked beside overall, in order."""
        return reading.asked_in(self._of[0], self._of[3])

    @cached_property
    def _stored(self) -> Stored:
        found, person_id, _now, _asked, known = self._of
        return stored_from(known[0] if known else reading.mine(found, person_id))

    @cached_property
    def _mine(self) -> ResponseView:
        return self._stored.view

    @cached_property
    def _theirs(self) -> ResponseView:
        found, _person_id, _now, _asked, known = self._of
        theirs = known[1] if known else reading.theirs(found)
        return stored_from(theirs).view if theirs else NO_RESPONSE

    @cached_property
    def answers(self) -> Mapping[str, int]:
        """My own numbers by question ("overall" or a topic's id); skipped ones left out."""
        if not self._with_own:
            return {question: mine for question, (mine, _theirs) in self.opened.items()}
        return {key: value for key, value in self._stored.answers.items() if value is not None}

    @property
    def answered_by_me(self) -> bool:
        """Whether I have ended it with one of the two buttons."""
        return self._stored.answered if self._with_own else self.has_opened

    @property
    def shared(self) -> bool:
        """Whether I share it (false where kept or withdrawn)."""
        return self._mine.shared

    @property
    def words(self) -> str:
        """My own words."""
        return self._stored.words if self._with_own or self.partner_words else ""

    @property
    def words_shared(self) -> bool:
        """Whether my words may open."""
        return bool(self._mine.shared_words)

    @property
    def total(self) -> int | None:
        """My own total of the published scale, none where an item of it is not answered."""
        if self._with_own:
            return self._mine.total
        return self.opened_total[0] if self.opened_total else None

    @cached_property
    def opened(self) -> Mapping[str, tuple[int, int]]:
        """The questions that opened, each with (mine, theirs); empty before the close."""
        return rules.opened(self._mine, self._theirs, self.closed)

    @cached_property
    def partner_words(self) -> str:
        """The partner's words where they opened, else nothing."""
        return rules.opened_words(self._mine, self._theirs, self.closed)

    @cached_property
    def opened_total(self) -> tuple[int, int] | None:
        """Both totals, (mine, theirs), where they opened; single items never do."""
        return rules.opened_total(self._mine, self._theirs, self.closed)

    @property
    def has_opened(self) -> bool:
        """Whether anything of it opened for both."""
        return bool(self.opened or self.partner_words or self.opened_total)
