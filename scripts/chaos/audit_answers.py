"""What the audit asks about answers and words: none lost, none shown that was not shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from chaos.evidence import Evidence, RoundRow
from chaos.journal import CANARY, Answered, Saw, SawNumbers, Wrote
from chaos.population import Person
from chaos.verdict import Verdict, verdict

BERLIN = ZoneInfo("Europe/Berlin")
# For a question that nobody has answered.
NOTHING = "nothing"
SHARED_KINDS = {"suggestion", "item"}


@dataclass
class Possible:
    """What may be stored after some presses, of which the lost ones may count or not."""

    answers: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(lambda: {NOTHING}))
    shared: set[Any] = field(default_factory=lambda: {None})
    words: set[str] = field(default_factory=lambda: {""})
    for_both: set[bool] = field(default_factory=lambda: {False})

    def lay(self, press: Answered, asks: tuple[str, ...]) -> None:
        """Lay one more press over it."""
        if press.outcome == "refused":
            return
        sure = press.outcome == "saved"
        for name, value in press.given.items():
            key, answer = key_of(name, asks), None if value == "skip" else int(value)
            self.answers[key] = {answer} if sure else self.answers[key] | {answer}
        self.shared = {press.share} if sure else self.shared | {press.share}
        if press.words is not None:
            self.words = {press.words} if sure else self.words | {press.words}
        if press.for_both is not None:
            self.for_both = {press.for_both} if sure else self.for_both | {press.for_both}

    @property
    def opens_words(self) -> bool:
        """Whether words of it may have opened."""
        return True in self.shared and True in self.for_both and self.words != {""}


def key_of(name: str, asks: tuple[str, ...]) -> str:
    """Return how the answer of a page's field is called among what is stored."""
    if name.startswith("s"):
        return f"scale {name[1:]}"
    place = int(name[1:])
    return asks[place] if place < len(asks) else f"question {place} of those that cannot be read"


def round_of(found: Evidence, press: Answered) -> RoundRow | None:
    """Return the round that was answered: the page named it, or the letter was about it."""
    about = (row.about_id for row in found.letters if row.id == press.letter_id)
    round_id = press.round_id or next(about, None)
    if round_id is None and found.is_gone(press.who):
        round_id = next(_open_then(found, press), None)
    return found.round(round_id or "")


def _open_then(found: Evidence, press: Answered) -> Iterator[str]:
    """Give the round that was open when somebody pressed whose letters went with their account."""
    couple_id = found.people[press.who].couple_id
    for one in found.rounds:
        is_open = one.opens_at.timestamp() <= press.now < one.closes_at.timestamp()
        if one.couple_id == couple_id and is_open:
            yield one.id


def presses(found: Evidence) -> dict[tuple[str, str], Possible]:
    """Return what may be stored, by round and person."""
    possible: dict[tuple[str, str], Possible] = defaultdict(Possible)
    for press in found.journal.of(Answered):
        round_ = round_of(found, press)
        if round_ is not None:
            person_id = found.people[press.who].person_id
            possible[round_.id, person_id].lay(press, round_.asks)
    return possible


def kept(found: Evidence) -> Verdict:
    """Every answer stands as it was last said to be saved, and nothing else does."""
    possible = presses(found)
    broken = [
        f"round {key[0]}, person {key[1]}: {line}"
        for key in {*possible, *found.responses}
        if key[1] not in {one.person_id for one in found.about.gone}
        for line in _differs(possible.get(key, Possible()), found.responses.get(key) or {})
    ]
    saved = [one for one in found.journal.of(Answered) if one.outcome == "saved"]
    broken += [f"{one.who} answered no round" for one in saved if round_of(found, one) is None]
    return verdict("C3", "no answer lost after its page said saved", len(saved), broken)


def in_time(found: Evidence) -> Verdict:
    """After the close nothing is taken any more, whether or not the clock has looked yet."""
    saved = [one for one in found.journal.of(Answered) if one.outcome == "saved"]
    broken = [
        f"{one.who} answered round {round_.id} after its close"
        for one in saved
        if (round_ := round_of(found, one)) and one.now >= round_.closes_at.timestamp()
    ]
    return verdict("C3", "no answer taken after the close", len(saved), broken)


def _differs(possible: Possible, stored: dict[str, Any]) -> Iterator[str]:
    answers = {**stored.get("answers", {})}
    answers |= {f"scale {item}": points for item, points in stored.get("scale", {}).items()}
    for name in sorted({*possible.answers, *answers}):
        value = answers.get(name, NOTHING)
        if value not in possible.answers[name]:
            yield f"{name} is {value}, may be {sorted(map(str, possible.answers[name]))}"
    others = {
        "shared": (stored.get("shared"), possible.shared),
        "words": (stored.get("words", ""), possible.words),
        "words_shared": (stored.get("words_shared", False), possible.for_both),
    }
    for name, (value, may_be) in others.items():
        if value not in may_be:
            yield f"{name} is not what was sent last"


def words_stand(found: Evidence) -> Verdict:
    """Notes, needs, suggestions and items stand as they were last said to be saved."""
    places: dict[tuple[str, str], list[Wrote]] = defaultdict(list)
    for one in found.journal.of(Wrote):
        if one.kind in {"note", "need", "suggestion", "item"} and not found.is_gone(one.who):
            places[one.who, one.place or one.canary].append(one)
    there = {canary for _column, words in found.opened for canary in CANARY.findall(words)}
    saved = [list(_since_saved(each)) for each in places.values()]
    broken = [
        f"{each[0].who}: {each[0].kind} {each[0].canary}"
        for each in saved
        if each and not there & {one.canary for one in each}
    ]
    return verdict("A9", "no words lost after their page said saved", len(saved), broken)


def _since_saved(wrote: list[Wrote]) -> Iterator[Wrote]:
    """Give the last words that were saved, and those after them that may have been."""
    last = max((place for place, one in enumerate(wrote) if one.outcome == "saved"), default=None)
    if last is not None:
        yield from (one for one in wrote[last:] if one.outcome != "refused")


def unseen(found: Evidence) -> Verdict:
    """Nobody saw words that their writer had not shared with them, or that had not opened."""
    wrote = {one.canary: one for one in found.journal.of(Wrote)}
    answered = {
        canary: one
        for one in found.journal.of(Answered)
        for canary in CANARY.findall(one.words or "")
    }
    possible = presses(found)
    looked, broken = 0, []
    for page in found.journal.of(Saw):
        viewer = found.people[page.who]
        for canary in page.canaries:
            looked += 1
            if canary in wrote:
                fine = _may_see(viewer, wrote[canary])
            else:
                press = answered.get(canary)
                fine = press is not None and _has_opened(found, viewer, press, page.now, possible)
            if not fine:
                broken.append(f"{page.who} saw {canary} on {page.path}")
    return verdict("C5 S2", "nothing shown that was not shared", looked, broken)


def _may_see(viewer: Person, one: Wrote) -> bool:
    if one.who == viewer.name:
        return True
    return one.who == viewer.partner and one.kind in SHARED_KINDS and one.outcome != "refused"


def _has_opened(
    found: Evidence,
    viewer: Person,
    press: Answered,
    now: float,
    possible: dict[tuple[str, str], Possible],
) -> bool:
    if press.who == viewer.name:
        return True
    round_ = round_of(found, press)
    if press.who != viewer.partner or round_ is None or round_.closes_at.timestamp() > now:
        return False
    mine, theirs = (possible[round_.id, one.person_id] for one in (viewer, found.people[press.who]))
    return mine.opens_words and theirs.opens_words and press.words in theirs.words


def numbers(found: Evidence) -> Verdict:
    """A partner's number stood in the file only where both had shared theirs, after the close."""
    possible = presses(found)
    looked, broken = 0, []
    for file in found.journal.of(SawNumbers):
        viewer = found.people[file.who]
        for day, mine, theirs in file.rows:
            if not theirs:
                continue
            looked += 1
            round_ = _round_on(found, viewer.couple_id, day)
            if not (round_ and _opened_number(found, viewer, round_, file.now, theirs, possible)):
                broken.append(f"{viewer.name} read {theirs} beside {mine or 'nothing'} of {day}")
    return verdict("C5", "no number shown that was not shared", looked, broken)


def _round_on(found: Evidence, couple_id: str, day: str) -> RoundRow | None:
    days = {
        one.opens_at.astimezone(BERLIN).date().isoformat(): one
        for one in found.rounds
        if one.couple_id == couple_id
    }
    return days.get(day)


def _opened_number(
    found: Evidence,
    viewer: Person,
    round_: RoundRow,
    now: float,
    theirs: str,
    possible: dict[tuple[str, str], Possible],
) -> bool:
    mine = possible[round_.id, viewer.person_id]
    other = possible[round_.id, found.people[viewer.partner].person_id]
    both_share = True in mine.shared and True in other.shared
    has_own = mine.answers["overall"] - {NOTHING, None}
    closed = round_.closes_at.timestamp() <= now
    return bool(both_share and has_own and closed and int(theirs) in other.answers["overall"])
