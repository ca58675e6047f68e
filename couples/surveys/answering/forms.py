"""What a person may submit about one round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, TextAreaField
from wtforms.validators import ValidationError

from couples.surveys import rules
from couples.surveys.answering.services_answers import OVERALL, Answers, NothingAnswered, Stored
from couples.surveys.answering.services_link import LinkPage
from couples.surveys.answering.services_week import RoundPage, Week
from couples.surveys.terms import Asked
from couples.text import clean

WORDS_LONGEST = 2000
SKIP = "skip"
NUMBERS = tuple("1234567")
CHOICES = frozenset({*NUMBERS, SKIP})


class ScaleField(Field):  # type: ignore[misc]
    """1 to 7, or skipped; choosing nothing is fine too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Count as radio buttons, which is how it is drawn."""
        super().__init__(*args, **kwargs)
        self.type = "RadioField"

    def process_formdata(self, values: list[str]) -> None:
        """Take the first of doubled values, and nothing for none."""
        self.data: str | None = (values[0] or None) if values else None

    def pre_validate(self, form: Any) -> None:
        """Refuse anything but the eight buttons."""
        if self.data is not None and self.data not in CHOICES:
            self.data = None
            raise ValidationError(_("Pick a number, or skip this one"))

    @property
    def answer(self) -> int | None:
        """The number, or none for a skip."""
        return int(self.data) if self.data in NUMBERS else None


class DecisionField(Field):  # type: ignore[misc]
    """Which of the two buttons was pressed; there is no default (rule C4)."""

    def process_formdata(self, values: list[str]) -> None:
        """Take the button's value."""
        self.data: str | None = values[0] if values else None

    def pre_validate(self, form: Any) -> None:
        """Ask for one of the two."""
        if self.data not in {"share", "keep"}:
            raise ValidationError(_("Press one of the two buttons at the end"))


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What both ways of answering have in common."""

    decision = DecisionField()
    asked: tuple[str, ...] = ()

    def scales(self) -> list[ScaleField]:
        """Return the questions' fields in order."""
        return [self[f"q{place}"] for place in range(len(self.asked))]

    def given(self) -> dict[str, int | None]:
        """Return what was chosen; what was left untouched is not in it."""
        pairs = zip(self.asked, self.scales(), strict=True)
        return {key: field.answer for key, field in pairs if field.data and self.touched(field)}

    def touched(self, field: Field) -> bool:
        """Whether a field says something else than the page did when it was shown."""
        before = self._fields.get(f"was_{field.name}")
        return before is None or clean(before.data) != clean(field.data)

    def typed_words(self) -> str:
        """Return the words on the page."""
        return ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask again where nothing was answered."""
        fine: bool = super().validate(extra_validators)
        chosen = {field.name: field.answer for field in self.scales()}
        if fine and not rules.has_any_answer(chosen, self.typed_words()):
            self.form_errors.append(str(NothingAnswered.sentence))
            return False
        return fine


class LinkForm(AnswerForm):
    """The mailed page: numbers only. Its address is the secret, so it needs no session."""

    shown = HiddenField()

    class Meta:
        """The token in the address cannot be known elsewhere, so no other page can post it."""

        csrf = False

    def answers(self) -> Answers:
        """Return what was chosen."""
        return Answers(given=self.given(), share=self.decision.data == "share")

    def ask_once_more(self) -> None:
        """Say why the same page is back."""
        self.form_errors.append(_("Just to be sure a person pressed: send once more."))


class WeekForm(AnswerForm):
    """The signed-in page: numbers, words, and who they are for."""

    round = HiddenField()
    words = TextAreaField(_l("Anything you want to put into words?"), filters=[clean])
    was_words = HiddenField(filters=[clean])
    who = RadioField(_l("Who is this note for?"), validate_choice=False)
    was_who = HiddenField()
    # Words stored meanwhile from another window, shown beside those just typed.
    clash = ""

    def validate_words(self, field: TextAreaField) -> None:
        """Keep within what is stored."""
        if len(field.data or "") > WORDS_LONGEST:
            raise ValidationError(
                _("Use 2,000 characters or fewer; these are %(n)s", n=len(field.data))
            )

    def typed_words(self) -> str:
        """Return the words on the page."""
        return self.words.data or ""

    def answers(self) -> Answers:
        """Return what was chosen or changed on this page."""
        return Answers(
            given=self.given(),
            share=self.decision.data == "share",
            words=self.typed_words() if self.touched(self.words) else None,
            words_shared=self.who.data == "both" if self.touched(self.who) else None,
            words_before=self.was_words.data or "",
            before=dict(self._shown()),
        )

    def _shown(self) -> Iterator[tuple[str, int | None]]:
        """Return the answers that the page showed."""
        for place, key in enumerate(self.asked):
            was = clean(self[f"was_q{place}"].data)
            if was in CHOICES:
                yield key, None if was == SKIP else int(was)

    def show_clash(self, stored: Stored) -> None:
        """Lay the words stored meanwhile beside those just typed; sending again replaces them."""
        self.clash = self.was_words.data = stored.words
        self.form_errors.append(_("You wrote other words in another window. Both are below."))


@cache
def _form_class(base: type[AnswerForm], questions: int, remembers: bool) -> type[AnswerForm]:
    fields: dict[str, Any] = {f"q{place}": ScaleField() for place in range(questions)}
    if remembers:
        fields |= {f"was_q{place}": HiddenField() for place in range(questions)}
    return type(base.__name__, (base,), fields)


def link_form(page: LinkPage) -> LinkForm:
    """Return the form of the mailed page: always empty, whatever is stored (rule C6)."""
    asked = _asked(page.topics)
    form = _form_class(LinkForm, len(asked), False)()
    form.asked = asked
    assert isinstance(form, LinkForm)
    return form


def week_form(week: Week) -> WeekForm:
    """Return the form of the signed-in page, filled with what is stored."""
    assert week.round is not None and week.partner is not None
    asked = _asked(week.round.topics)
    form = _form_class(WeekForm, len(asked), True)(data=_stored_values(week.round, asked))
    assert isinstance(form, WeekForm)
    form.asked = asked
    both = _("%(name)s too", name=week.partner.name)
    form.who.choices = [("me", _("Only me")), ("both", both)]
    return form


def typed_numbers(topics: Iterable[Asked], typed: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the numbers that were chosen on a page that came too late, each with what it asks."""
    names = [_("Overall"), *(topic.name for topic in topics)]
    chosen = [(name, typed.get(f"q{place}", "")) for place, name in enumerate(names)]
    return [(name, number) for name, number in chosen if number in NUMBERS]


def _asked(topics: Iterable[Asked]) -> tuple[str, ...]:
    return (OVERALL, *(topic.id for topic in topics))


def _stored_values(page: RoundPage, asked: tuple[str, ...]) -> dict[str, Any]:
    mine = page.mine
    who = "both" if mine.words_shared else "me"
    values: dict[str, Any] = {"round": page.id, "who": who, "was_who": who}
    values |= {"words": mine.words, "was_words": mine.words}
    for place, key in enumerate(asked):
        if key in mine.answers:
            shown = str(mine.answers[key] or SKIP)
            values |= {f"q{place}": shown, f"was_q{place}": shown}
    return values
