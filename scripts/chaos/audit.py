"""The audit: every invariant that a kill could have broken, each in a line of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from chaos import audit_answers, audit_letters, audit_people
from chaos.audit_answers import BERLIN
from chaos.audit_people import ENDS
from chaos.evidence import Evidence, VersionRow
from chaos.journal import Answered, Entry, Signed, Wished
from chaos.verdict import Verdict, verdict

THURSDAY, SUNDAY = 3, 6
# The rounds that ask the published scale: 1, 5, 9, …
SCALE_EVERY = 4
DEEDS = frozenset(
    {
        "answer by letter", "answer signed in", "note", "need", "suggestion", "item", "signed",
        "words for later", "propose", "yes", "part", "erase", "saw", "sawnumbers",
    }
)  # fmt: skip


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
        local = one.closes_at.astimezone(BERLIN)
        if (local.weekday(), local.hour, local.minute) != (SUNDAY, 21, 0):
            yield f"round {one.id} closes {local:%A %H:%M}"
        two = [key for key in found.responses if key[0] == one.id]
        if len(two) != 2:
            yield f"round {one.id} has {len(two)} responses"


def in_order(found: Evidence) -> Verdict:
    """Rounds are counted one by one; each is settled after its close, once."""
    return verdict("C1 C2", "rounds in order, settled, asking", len(found.rounds), _jumbled(found))


def _jumbled(found: Evidence) -> Iterator[str]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for one in sorted(found.rounds, key=lambda each: each.opens_at):
        numbers[one.couple_id].append(one.number)
        is_settled = one.settled_at is not None and one.settled_at >= one.closes_at
        if one.cancelled_at is None and is_settled != (one.closes_at <= found.now):
            yield f"round {one.id} closed {one.closes_at:%a %H:%M}, settled {one.settled_at}"
        if one.asks and one.scale != (one.number % SCALE_EVERY == 1):
            yield f"round {one.number} of {one.couple_id} asks the scale: {one.scale}"
    for couple_id, found_numbers in numbers.items():
        if found_numbers != list(range(1, len(found_numbers) + 1)):
            yield f"the rounds of couple {couple_id} are {found_numbers}"


def lived(found: Evidence, weeks: int) -> Verdict:
    """Every couple that stayed lived through every round: there was something to keep."""
    parted = {
        found.people[one.who].couple_id
        for one in found.journal.of(Wished)
        if one.wish in ENDS and one.outcome != "refused"
    }
    counts = Counter(one.couple_id for one in found.rounds)
    stayed = {one.couple_id for one in found.people.values()} - parted
    broken = [f"couple {one}: {counts[one]} rounds" for one in stayed if counts[one] != weeks]
    return verdict("C1", f"{weeks} rounds lived through", len(stayed), broken)


def done(found: Evidence) -> Verdict:
    """Whatever people can do here somebody did, and a page said saved: nothing went unused."""
    saved = Counter(what_of(one) for one in found.journal.entries if not refused(one))
    broken = [f"nobody managed to: {name}" for name in sorted(DEEDS) if not saved[name]]
    return verdict("—", "everything was done", sum(saved.values()), broken)


def what_of(one: Entry) -> str:
    """Return in a word what somebody did."""
    if isinstance(one, Answered):
        return "answer by letter" if one.letter_id else "answer signed in"
    for name in ("kind", "wish", "what"):
        if found := getattr(one, name, ""):
            return str(found)
    return type(one).__name__.lower()


def refused(one: Entry) -> bool:
    """Whether nobody said of a press that it counts."""
    return getattr(one, "outcome", "saved") != "saved"


def recovered(waits: list[float], most: float) -> Verdict:
    """After the last kill, by itself, everything due was done in time."""
    broken = [f"not within {most:g} seconds" for one in waits if one >= most]
    return verdict("C8", "all recovers by itself", len(waits), broken)


def ended(found: Evidence) -> Verdict:
    """Where the link ended nothing of the couple is open, and no round came after it."""
    parted = [one for one in found.journal.of(Wished) if one.wish in ENDS]
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
        if one.outcome == "saved" and key not in found.signatures and not found.is_gone(one.who):
            yield f"{one.who}'s name under {one.read_hash[:8]} is gone"


def _odd_version(found: Evidence, version: VersionRow) -> Iterator[str]:
    two = {one.person_id for one in found.people.values() if one.couple_id == version.couple_id}
    under = {content_hash for _person, content_hash in version.signed}
    if version.computed != version.content_hash and not version.redacted:
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
    audit_letters.timely, audit_letters.wordless, audit_answers.kept, audit_answers.in_time,
    audit_answers.words_stand, audit_answers.unseen, audit_answers.numbers, rounds, in_order,
    audit_people.linked, ended, signatures, audit_people.planned, audit_people.promised,
    audit_people.counted, audit_people.talks, audit_people.gone, unsealed, whole, content,
)  # fmt: skip


def audited(found: Evidence) -> list[Verdict]:
    """Return what every check says."""
    return [check(found) for check in CHECKS]
