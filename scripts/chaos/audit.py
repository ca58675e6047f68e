"""The audit: every invariant that a kill could have broken, each in a line of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from chaos import audit_answers, audit_letters
from chaos.audit_answers import BERLIN
from chaos.evidence import Evidence, VersionRow
from chaos.journal import Signed, Wished
from chaos.verdict import Verdict, verdict

THURSDAY = 3


def rounds(found: Evidence) -> Verdict:
    """One round a couple and date, at its rhythm's hour, with a response for each of the two."""
    return verdict("C1", "one round a couple and date", len(found.rounds), _odd_rounds(found))


def _odd_rounds(found: Evidence) -> Iterator[str]:
    days = Counter((one.couple_id, one.opens_at.astimezone(BERLIN).date()) for one in found.rounds)
    yield from (f"{count} rounds of {key}" for key, count in days.items() if count > 1)
    for one in found.rounds:
        local = one.opens_at.astimezone(BERLIN)
        if (local.weekday(), local.hour, local.minute) != (THURSDAY, 19, 0):
            yield f"round {one.id} opened {local:%A %H:%M}"
        two = [key for key in found.responses if key[0] == one.id]
        if len(two) != 2:
            yield f"round {one.id} has {len(two)} responses"


def lived(found: Evidence, weeks: int) -> Verdict:
    """Every couple that stayed lived through every round: there was something to keep."""
    parted = {
        found.people[one.who].couple_id
        for one in found.journal.of(Wished)
        if one.wish == "part" and one.outcome != "refused"
    }
    counts = Counter(one.couple_id for one in found.rounds)
    stayed = {one.couple_id for one in found.people.values()} - parted
    broken = [f"couple {one}: {counts[one]} rounds" for one in stayed if counts[one] != weeks]
    return verdict("C1", f"{weeks} rounds lived through", len(stayed), broken)


def recovered(waits: list[float], most: float) -> Verdict:
    """After the last kill, by itself, everything due was done in time."""
    broken = [f"not within {most:g} seconds" for one in waits if one >= most]
    return verdict("C8", "all recovers by itself", len(waits), broken)


def ended(found: Evidence) -> Verdict:
    """Where the link ended nothing of the couple is open, and no round came after it."""
    parted = [one for one in found.journal.of(Wished) if one.wish == "part"]
    gone = {found.people[one.who].couple_id for one in parted if one.outcome == "saved"}
    broken = [
        f"round {one.id} is open"
        for one in found.rounds
        if one.couple_id in gone and one.cancelled_at is None and one.closes_at > found.now
    ]
    waits = {one.person_id for one in found.people.values() if one.couple_id in gone}
    broken += [
        f"{row.kind} {row.id} still waits"
        for row in found.letters
        if row.person_id in waits and row.state in {"pending", "retry", "claimed", "sending"}
    ]
    return Verdict("L6", "what ends takes all with it", len(gone), tuple(broken))


def signatures(found: Evidence) -> Verdict:
    """A version in force has both names under the hash of exactly its text; no name was lost."""
    return verdict("A7", "both signed the same text", len(found.versions), _unsigned(found))


def _unsigned(found: Evidence) -> Iterator[str]:
    for version in found.versions:
        yield from _odd_version(found, version)
    for one in found.journal.of(Signed):
        key = found.people[one.who].person_id, one.read_hash
        if one.outcome == "saved" and key not in found.signatures:
            yield f"{one.who}'s name under {one.read_hash[:8]} is gone"


def _odd_version(found: Evidence, version: VersionRow) -> Iterator[str]:
    two = {one.person_id for one in found.people.values() if one.couple_id == version.couple_id}
    under = {content_hash for _person, content_hash in version.signed}
    if version.computed != version.content_hash:
        yield f"the text of {version.content_hash[:8]} is another one"
    if {person for person, _hash in version.signed} != two or under != {version.content_hash}:
        yield f"{version.content_hash[:8]} has {len(version.signed)} names under {len(under)} texts"


def unsealed(found: Evidence) -> Verdict:
    """Every sealed value opens at its place."""
    looked = len(found.opened) + len(found.unopened)
    return verdict("S1", "every sealed value opens", looked, found.unopened)


def whole(found: Evidence) -> Verdict:
    """The database finds nothing wrong with itself, and no row names another that is gone."""
    return verdict("—", "the database is whole", found.asked, found.wrong)


def content(found: Evidence) -> Verdict:
    """`couples doctor` is content."""
    broken = [line for line in found.doctor if line.startswith("BAD")]
    return verdict("—", "doctor is content", len(found.doctor), broken)


CHECKS: tuple[Callable[[Evidence], Verdict], ...] = (
    audit_letters.once, audit_letters.with_row, audit_letters.all_there, audit_letters.silent,
    audit_letters.wordless, audit_answers.kept, audit_answers.words_stand, audit_answers.unseen,
    audit_answers.numbers, rounds, ended, signatures, unsealed, whole, content,
)  # fmt: skip


def audited(found: Evidence) -> list[Verdict]:
    """Return what every check says."""
    return [check(found) for check in CHECKS]
