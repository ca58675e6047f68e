"""Looking back on half a year: what opened for both, what both signed and what both talked about.

The values are the same whoever of the two asks: their own answers that did not open stay out, and
days are those of the agreement's zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from couples.agreement import rows as rows_agreement
from couples.agreement.document.content import from_plain
from couples.agreement.listed import topic_name
from couples.agreement.services import History, history, history_of
from couples.agreement.signing.models import Version
from couples.dashboard import rules as rules_overview
from couples.dashboard.one_topic.services import rows_of
from couples.dashboard.readers import Reader, reader_of
from couples.dashboard.rules import Answered, Series
from couples.errors import NotFound
from couples.lookback.rules import MONTHS, HalfYear, half_years, months_after
from couples.lookback.services_talks import talks_of
from couples.lookback.shapes import HeldVersion, LookBack, LookBacks, Need
from couples.pairing.services import REMOVED, couple_of, couple_or_none
from couples.surveys.rhythm import local_day
from couples.surveys.rules import OVERALL
from couples.surveys.services import RoundView, rounds_and_next


def look_backs(person_id: str, now: datetime) -> LookBacks:
    """Return what this person can look back on with their partner."""
    couple = couple_or_none(person_id)
    agreed = history(couple.id) if couple else History()
    if agreed.in_force is None:
        return LookBacks()
    zone = agreed.in_force.rhythm.zone
    first = local_day(agreed.signed[0], zone)
    over = half_years(first, local_day(now, zone))
    return LookBacks(over[::-1], months_after(first, MONTHS * (len(over) + 1)))


def look_back(person_id: str, number: int, now: datetime) -> LookBack:
    """Return one half year that is over, or raise NotFound."""
    couple = couple_of(person_id)
    versions = rows_agreement.versions_of(couple.id)
    agreed = history_of(versions)
    if agreed.in_force is None:
        raise NotFound
    reader = reader_of(couple, agreed.in_force.rhythm.zone)
    over = half_years(reader.day(agreed.signed[0]), reader.day(now))
    if not 1 <= number <= len(over):
        raise NotFound
    seen, _next = rounds_and_next(couple.id, person_id, now)
    half = over[number - 1]
    return replace(
        _of_rounds(reader, half, seen),
        marks=tuple(mark for mark in reader.marks(agreed) if mark.on < half.ends),
        versions=_held(versions, reader, half),
        talks=talks_of(couple, reader.zone, half),
    )


def _of_rounds(reader: Reader, half: HalfYear, seen: Sequence[RoundView]) -> LookBack:
    rounds = [one for one in seen if one.closed and half.has(reader.day(one.opens_at))]
    overall = _series(reader, rounds, OVERALL)
    return LookBack(
        half_year=half,
        weekly=all(one.weekly for one in rounds[-1:]),
        # What was signed shortly before an earlier half year's last round stands there already.
        overall=replace(overall, from_the_first=half.number == 1),
        needs=_needs(reader, rounds),
    )


def _series(reader: Reader, rounds: Iterable[RoundView], question: str) -> Series:
    """Return one question as far as it opened for both: no point that only one of them sees."""
    answered = [
        Answered(reader.day(one.opens_at), *one.opened.get(question, (None, None)))
        for one in rounds
    ]
    first = reader.my_leaf_first
    return rules_overview.series(
        reader.me, reader.partner, answered, my_leaf_first=first, most=None
    )


def _needs(reader: Reader, rounds: Sequence[RoundView]) -> tuple[Need, ...]:
    """Return what was asked beside, the latest round's questions first; the newest name counts."""
    names: dict[str, str] = {}
    for seen in reversed(rounds):
        for topic in seen.topics:
            if not topic.step:
                names.setdefault(topic.id, topic.name or str(REMOVED))
    return tuple(_need(reader, rounds, key, name) for key, name in names.items())


def _need(reader: Reader, rounds: Iterable[RoundView], key: str, name: str) -> Need:
    asking = [one for one in rounds if any(topic.id == key for topic in one.topics)]
    series = _series(reader, asking, key)
    return Need(name, series, rows_of(series))


def _held(versions: Sequence[Version], reader: Reader, half: HalfYear) -> tuple[HeldVersion, ...]:
    """Return the versions that held on a day of the half year, the oldest first."""
    found, until = [], half.ends
    for version in versions:
        since = reader.day(version.in_force_at)
        if since < half.ends and until > half.begins:
            found.append(_version(version, since, half))
        # A version that is followed on the same day held on that day, too.
        until = since + timedelta(days=1)
    return tuple(reversed(found))


def _version(version: Version, since: date, half: HalfYear) -> HeldVersion:
    clauses = from_plain(version.content).clauses
    names = tuple(topic_name(one.listed, one.own_name) or str(REMOVED) for one in clauses)
    return HeldVersion(version.number, since, names, half.has(since))
