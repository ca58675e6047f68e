"""What the audit asks about two people and one of them: linked, agreed, planned, gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from chaos.evidence import Evidence
from chaos.evidence_people import CoupleRow
from chaos.journal import CANARY, Answered, Talked, Wished, Wrote
from chaos.verdict import Verdict, verdict

ENDS = frozenset({"part", "erase"})
PRIVATE = frozenset({"note", "need", "item", "words for later"})
# What a worker had begun to say when somebody erased their account still goes.
BEGUN = 10.0


def linked(found: Evidence) -> Verdict:
    """A couple is two; what ends it ends it whole; nobody is in two that live."""
    return verdict("L1 L6", "two people, linked or parted", len(found.about.couples), _odd(found))


def _odd(found: Evidence) -> Iterator[str]:
    living: Counter[str] = Counter()
    for one in found.about.couples:
        ends = {one.ended_at is None, *(ended_at is None for _person, ended_at in one.members)}
        if len(one.members) != 2 or len(ends) != 1:
            yield f"couple {one.id} is {len(one.members)} people, or half of it has ended"
        living.update(person for person, ended_at in one.members if ended_at is None)
    yield from (f"{person} is in {count} couples" for person, count in living.items() if count > 1)
    ended = {one.id for one in found.about.couples if one.ended_at}
    for wish in found.journal.of(Wished):
        couple_id = found.people[wish.who].couple_id
        if wish.wish in ENDS and wish.outcome == "saved" and couple_id not in ended:
            yield f"{wish.who}'s link still lives"


def planned(found: Evidence) -> Verdict:
    """The newest version alone plans the next round; after the end nothing does."""
    return verdict(
        "A7 L6", "one plan, by what is in force", len(found.about.couples), _plans(found)
    )


def _plans(found: Evidence) -> Iterator[str]:
    for one in found.about.couples:
        numbers = [number for number, _version in one.versions]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"the versions of couple {one.id} are {numbers}"
        if one.plans != _due(one):
            yield f"couple {one.id} has {len(one.plans)} plans, or by another version"


def _due(one: CoupleRow) -> list[str]:
    return [] if one.ended_at else [version for _number, version in one.versions[-1:]]


def promised(found: Evidence) -> Verdict:
    """A promise says what was suggested and said yes to, and nothing else."""
    broken = [
        f"promise {one.id} says something else"
        for one in found.about.promises
        if one.words != one.suggested or not one.was_used
    ]
    return verdict("A5", "promises are words both said yes to", len(found.about.promises), broken)


def counted(found: Evidence) -> Verdict:
    """A need was saved as often as its page said so; a lost press may count or not."""
    gone = {one.person_id for one in found.about.gone}
    presses: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found.journal.of(Wrote):
        if one.kind == "need" and found.people[one.who].person_id not in gone:
            presses[one.place.rpartition("/")[2]][one.outcome] += 1
    broken = []
    for need_id, times in presses.items():
        count, least = found.about.revisions.get(need_id, -1), times["saved"]
        if not least <= count <= least + times["lost"]:
            broken.append(f"need {need_id} counts {count} times, saved {least} times")
    return verdict("A9", "every save counts once", len(presses), broken)


def talks(found: Evidence) -> Verdict:
    """A talk's time is one that both said yes to, and the last such yes stands."""
    said: dict[str, list[Talked]] = defaultdict(list)
    for one in found.journal.of(Talked):
        said[found.people[one.who].couple_id].append(one)
    broken = [*_one_sided(found, said), *_forgotten(found, said)]
    return verdict("O5", "a talk's time is both's", len(found.about.talks), broken)


def _one_sided(found: Evidence, said: dict[str, list[Talked]]) -> Iterator[str]:
    for talk in found.about.talks:
        at = talk.starts_at.timestamp() if talk.starts_at else 0.0
        about = [one for one in said[talk.couple_id] if one.outcome != "refused" and one.at == at]
        who = {one.who for one in about}
        if len(who) < 2 or not any(one.what == "propose" for one in about):
            yield f"talk {talk.id}: only {sorted(who) or 'nobody'} said yes to its time"
        if talk.is_proposed:
            yield f"talk {talk.id}: what holds is still proposed"


def _forgotten(found: Evidence, said: dict[str, list[Talked]]) -> Iterator[str]:
    for couple_id, all_said in said.items():
        saved = [one for one in all_said if one.what == "yes" and one.outcome == "saved"]
        if not saved:
            continue
        last = max(saved, key=lambda one: one.began)
        later = {one.at for one in all_said if one.outcome != "refused" and one.ended > last.began}
        holds = {
            one.starts_at.timestamp()
            for one in found.about.talks
            if one.couple_id == couple_id and one.starts_at
        }
        if not holds & (later | {last.at}):
            yield f"{last.who} said yes to a time that does not hold"


def gone(found: Evidence) -> Verdict:
    """Who erased their account is gone, with every word of their own, and stays so."""
    wishes = [one for one in found.journal.of(Wished) if one.wish == "erase"]
    return Verdict("S5 A10", "erased stays erased", len(wishes), tuple(_left(found, wishes)))


def _left(found: Evidence, wishes: list[Wished]) -> Iterator[str]:
    rows = {one.person_id: one for one in found.about.gone}
    for wish in wishes:
        person = found.people[wish.who]
        row = rows.get(person.person_id)
        if row is None:
            yield from [f"{wish.who} is still there"] * (wish.outcome == "saved")
            continue
        yield from (f"{wish.who} has left {one}" for one in row.left)
        yield from _words_left(found, wish.who)
        if wish.outcome == "saved":
            yield from [f"{wish.who} is not on the list"] * (not row.is_listed)
            late = [one for one in found.mail if one.to == person.address]
            late = [one for one in late if one.at > wish.ended + BEGUN]
            yield from (f"{wish.who} got a letter {one.letter_id}" for one in late)
    asked = {found.people[one.who].person_id for one in wishes if one.outcome != "refused"}
    yield from (f"{one} never wished to be erased" for one in rows if one not in asked)


def _words_left(found: Evidence, who: str) -> Iterator[str]:
    person_id = found.people[who].person_id
    there = {canary for _column, words in found.opened for canary in CANARY.findall(words)}
    mine = {one.canary for one in found.journal.of(Wrote) if one.who == who and one.kind in PRIVATE}
    for press in found.journal.of(Answered):
        mine |= set(CANARY.findall(press.words or "")) if press.who == who else set()
    yield from (f"words of {who}: {canary}" for canary in sorted(mine & there))
    answered = [key for key, row in found.responses.items() if row and key[1] == person_id]
    yield from (f"an answer of {who} in round {round_id}" for round_id, _person in answered)
