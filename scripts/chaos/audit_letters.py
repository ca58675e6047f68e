"""What the audit asks about letters (rules C7, C8, L6, S1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from chaos.audit_people import ENDS
from chaos.evidence import Evidence, LetterRow
from chaos.journal import CANARY, Wished
from chaos.verdict import Verdict, verdict
from couples.surveys.letters.services import BY_THE_CLOCK

WAITING = {"pending", "retry"}
IN_HAND = {"claimed", "sending"}
# What a worker had begun to say when somebody stopped their letters still goes.
BEGUN = 10.0
# Between its last bytes and the fate on record.
GRACE = timedelta(minutes=10)


def once(found: Evidence) -> Verdict:
    """Each letter went exactly once, or its row says unknown, as few may, and once at most."""
    return verdict("C8", "each letter once", len(found.letters), _not_once(found))


def _not_once(found: Evidence) -> Iterator[str]:
    taken = Counter(mail.letter_id for mail in found.mail)
    for row in found.letters:
        count = taken[row.id]
        due = row.state in IN_HAND or (row.state in WAITING and row.due_at <= found.now)
        fine = count == 1 if row.state == "sent" else count == 0
        if row.state == "unknown":
            fine = count <= 1
        if due or not fine:
            yield f"{row.kind} {row.id}: {row.state}, taken {count} times"
    unknown = sum(row.state == "unknown" for row in found.letters)
    if unknown > found.most_unknown:
        yield f"{unknown} letters are unknown, of which kills explain {found.most_unknown}"
    about = {row.id: (row.kind, row.about_id, row.person_id) for row in found.letters}
    each = Counter(about[mail.letter_id] for mail in found.mail if mail.letter_id in about)
    twice = ((key, count) for key, count in each.items() if count > 1 and key[1])
    yield from (f"{kind} about {one} to {who}: {count} times" for (kind, one, who), count in twice)


def timely(found: Evidence) -> Verdict:
    """No letter went after the moment until which it was worth sending."""
    sent = [row for row in found.letters if row.state == "sent" and row.not_after]
    broken = [
        f"{row.kind} {row.id} went {row.settled_at}, after {row.not_after}"
        for row in sent
        if row.settled_at and row.not_after and row.settled_at > row.not_after + GRACE
    ]
    return verdict("C8", "no letter too late", len(sent), broken)


def with_row(found: Evidence) -> Verdict:
    """No letter without a row, and each to the address of its person."""
    return verdict("C8", "no letter from nowhere", len(found.mail), _from_nowhere(found))


def _from_nowhere(found: Evidence) -> Iterator[str]:
    rows = {row.id: row for row in found.letters}
    gone = {one.address for one in found.people.values() if found.is_gone(one.name)}
    for mail in found.mail:
        if mail.to in gone:
            continue  # their letters' rows went with them
        row = rows.get(mail.letter_id)
        person = found.person(row.person_id) if row else None
        if row is None or person is None or person.address != mail.to:
            yield f"{mail.letter_id} to {mail.to}: {row.kind if row else 'no row'}"


def all_there(found: Evidence) -> Verdict:
    """Who never stopped a letter got the opening's and the close's of every round."""
    expected = list(_expected(found))
    rows = {(row.kind, row.about_id, row.person_id): row for row in found.letters}
    return verdict("C1", "each due letter is there", len(expected), _missing(expected, rows))


def _expected(found: Evidence) -> Iterator[tuple[str, str, str]]:
    moved = {wish.who for wish in found.journal.of(Wished)}
    moved |= {found.people[name].partner for name in set(moved)}
    for one in found.rounds:
        if one.cancelled_at is not None:
            continue
        for person in found.people.values():
            if person.couple_id == one.couple_id and person.name not in moved:
                yield ("open", one.id, person.person_id)
                if one.closes_at <= found.now:
                    yield ("closed", one.id, person.person_id)


def _missing(
    expected: list[tuple[str, str, str]], rows: dict[tuple[str, str | None, str | None], LetterRow]
) -> Iterator[str]:
    for kind, round_id, person_id in expected:
        row = rows.get((kind, round_id, person_id))
        if row is None or row.state in {"cancelled", "dead", "suppressed"}:
            yield f"{kind} of round {round_id} to {person_id}: {row.state if row else 'no row'}"


def silent(found: Evidence) -> Verdict:
    """Nobody who paused, stopped or parted got a letter that goes by the clock."""
    wishes = found.journal.of(Wished)
    kinds = {row.id: row.kind for row in found.letters}
    broken = []
    for mail in found.mail:
        person = next((one for one in found.people.values() if one.address == mail.to), None)
        if person and kinds.get(mail.letter_id) in BY_THE_CLOCK:
            broken += list(_unwanted(person.name, person.partner, mail.at, wishes))
    return verdict("C7 L6", "silence where it was asked for", len(found.mail), broken)


def _unwanted(who: str, partner: str, at: float, wishes: list[Wished]) -> Iterator[str]:
    parted = [one for one in wishes if one.wish in ENDS and one.who in {who, partner}]
    yield from (
        f"{who} got a letter {at - one.ended:.0f} seconds after the link had ended"
        for one in parted
        if one.outcome == "saved" and at > one.ended + BEGUN
    )
    own = [one for one in wishes if one.who == who and one.outcome != "refused"]
    earlier = [one for one in own if one.wish in {"open", "stop", "back"} and one.began <= at]
    last = max(earlier, key=lambda one: one.began, default=None)
    if last is None or last.wish == "back" or last.outcome != "saved":
        return
    before = [one for one in earlier if one is not last]
    was_silent = before and max(before, key=lambda one: one.began).wish != "back"
    if at > last.ended + BEGUN or (was_silent and at > before[-1].ended + BEGUN):
        yield f"{who} got a letter {at - last.ended:.0f} seconds after {last.wish}"


def wordless(found: Evidence) -> Verdict:
    """No words in letters or in the log."""
    places = [(f"letter {mail.letter_id}", mail.content + mail.text) for mail in found.mail]
    places.append(("the log", found.log))
    broken = [f"{name}: {hit[0]}" for name, words in places if (hit := CANARY.search(words))]
    return verdict("S1", "no words in letters and log", len(places), broken)
