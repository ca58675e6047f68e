"""What holds for every rhythm, zone and moment."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from couples.agreement import rhythm as terms
from couples.agreement.rhythm import Rhythm
from couples.surveys import rhythm as rules
from tests.surveys.clocks import (
    DAY,
    HOUR,
    WEEK,
    openings,
    shown,
    window,
)

# Every kind of clock: none, an hour, half an hour, two hours, at midnight, before midnight, often.
ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/Dublin",
    "Atlantic/Azores",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "America/Scoresbysund",
    "America/Nuuk",
    "America/Caracas",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Antarctica/Troll",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
]
zones = st.sampled_from(ZONES)
hours = st.integers(0, 23)
# After 2011, when Apia left out a day; that one is tested by itself.
moments = st.datetimes(
    datetime(2012, 2, 1),
    datetime(2045, 1, 1),
    timezones=st.just(UTC),
)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    opens = draw(st.integers(0, 6 * 24 + 23))
    closes = opens + draw(st.integers(terms.SHORTEST_HOURS, terms.LONGEST_HOURS))
    rhythm = Rhythm(
        every_weeks=draw(st.sampled_from(terms.PERIODS)),
        opens_weekday=opens // 24,
        opens_hour=opens % 24,
        closes_weekday=closes // 24 % 7,
        closes_hour=closes % 24,
        zone=draw(zones),
    )
    rhythm.check()
    return rhythm


def exists(day: date, hour: int, zone: str) -> bool:
    naive = datetime.combine(day, time(hour))
    back = naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
    return back.replace(tzinfo=None) == naive


few = settings(max_examples=150, deadline=None)


@few
@given(day=st.dates(date(2012, 2, 1), date(2045, 1, 1)), hour=hours, zone=zones)
def test_a_wall_time_is_its_first_moment_or_moved_forward_by_the_gap(
    day: date, hour: int, zone: str
) -> None:
    at = rules.local_instant(day, hour, zone)
    wanted, seen = datetime.combine(day, time(hour)), at.astimezone(ZoneInfo(zone))
    if exists(day, hour, zone):
        assert seen.replace(tzinfo=None) == wanted
        earlier = (at - step * timedelta(minutes=30) for step in range(1, 7))
        assert all(shown(e, zone) != shown(at, zone) for e in earlier)
    else:
        before, after = (at - 3 * HOUR).astimezone(ZoneInfo(zone)).utcoffset(), seen.utcoffset()
        assert before is not None and after is not None
        assert seen.replace(tzinfo=None) - wanted == after - before > timedelta(0)


@few
@given(rhythm=rhythms(), signed=moments)
def test_openings_increase_hold_their_local_time_and_come_once_a_period(
    rhythm: Rhythm, signed: datetime
) -> None:
    first = rules.first_opening(rhythm, signed)
    anchor = rules.anchor_of(rhythm, first)
    assert signed + DAY <= first <= signed + 9 * DAY
    found = openings(rhythm, first - HOUR, anchor, 30)
    assert found[0] == first
    assert all(earlier < later for earlier, later in pairwise(found))
    days = [rules.anchor_of(rhythm, at) for at in found]
    assert {later - earlier for earlier, later in pairwise(days)} == {rhythm.every_weeks * WEEK}
    for day, at in zip(days, found, strict=True):
        assert day.weekday() == rhythm.opens_weekday
        held = shown(at, rhythm.zone) == f"{day} {rhythm.opens_hour:02}:00"
        assert held == exists(day, rhythm.opens_hour, rhythm.zone)


@few
@given(rhythm=rhythms(), signed=moments)
def test_a_round_closes_between_its_opening_and_the_next(rhythm: Rhythm, signed: datetime) -> None:
    first = rules.first_opening(rhythm, signed)
    found = openings(rhythm, first - HOUR, rules.anchor_of(rhythm, first), 20)
    for opens_at, following in pairwise(found):
        closes_at = rules.closing_of(rhythm, opens_at)
        assert opens_at < closes_at < following
        assert abs((closes_at - opens_at) - rhythm.open_hours * HOUR) <= 2 * HOUR


@few
@given(rhythm=rhythms(), signed=moments, later=st.integers(0, 300 * 24 * 60))
def test_the_current_round_contains_now_and_is_the_one_the_list_of_openings_says(
    rhythm: Rhythm, signed: datetime, later: int
) -> None:
    first = rules.first_opening(rhythm, signed)
    anchor, now = rules.anchor_of(rhythm, first), signed + later * timedelta(minutes=1)
    listed = [window(rhythm, at) for at in openings(rhythm, first - HOUR, anchor, 45)]
    current = [w for w in listed if w[0] <= now and w[1] - now >= rules.LEAST_LEFT]
    found = rules.current_round(rhythm, anchor, now)
    assert len(current) <= 1
    assert found == (current[0] if current else None)
    assert found is None or found[0] <= now < found[1]


@few
@given(rhythm=rhythms(), signed=moments, ticks=st.lists(st.integers(0, 200 * 24), max_size=40))
def test_whenever_the_clock_ticks_no_period_gets_two_rounds(
    rhythm: Rhythm, signed: datetime, ticks: list[int]
) -> None:
    anchor = rules.anchor_of(rhythm, rules.first_opening(rhythm, signed))
    found = {rules.current_round(rhythm, anchor, signed + tick * HOUR) for tick in ticks}
    made = sorted(one for one in found if one is not None)
    days = [rules.anchor_of(rhythm, opens_at) for opens_at, _ in made]
    assert all(later - earlier >= rhythm.every_weeks * WEEK for earlier, later in pairwise(days))
    assert all(closes < opens for (_, closes), (opens, _) in pairwise(made))


@few
@given(old=rhythms(), new=rhythms(), signed=moments, later=st.floats(0, 1))
def test_a_new_versions_rounds_never_overlap_the_one_that_is_open(
    old: Rhythm, new: Rhythm, signed: datetime, later: float
) -> None:
    assume(old != new)
    anchor = rules.anchor_of(old, rules.first_opening(old, signed))
    opens_at, closes_at = window(old, rules.first_opening(old, signed))
    # Some moment at which the round is open and worth opening still.
    now = opens_at + later * max(closes_at - opens_at - rules.LEAST_LEFT, timedelta(0))
    still_open = rules.current_round(old, anchor, now)
    assume(still_open is not None)
    assert still_open is not None
    first = rules.first_opening(new, now, still_open[1])
    assert first >= still_open[1] and first >= now + DAY


@few
@given(
    rhythm=rhythms(),
    signed=moments,
    weekday=st.none() | st.integers(0, 6),
    hour=st.none() | hours,
    zone=zones,
)
def test_letters_stay_within_the_round_and_keep_off_the_night(
    rhythm: Rhythm, signed: datetime, weekday: int | None, hour: int | None, zone: str
) -> None:
    opens_at, closes_at = window(rhythm, rules.first_opening(rhythm, signed))
    letter_at = rules.letter_time(opens_at, closes_at, weekday, hour, zone)
    assert opens_at <= letter_at < closes_at
    local = letter_at.astimezone(ZoneInfo(zone))
    if letter_at != opens_at and exists(local.date(), hour or 0, zone) and local.hour == hour:
        assert weekday in (None, local.weekday())
    reminder_at = rules.reminder_time(opens_at, closes_at, letter_at, zone)
    if reminder_at is not None:
        assert letter_at + 12 * HOUR <= reminder_at <= closes_at - HOUR
        assert closes_at - 24 * HOUR <= reminder_at
        assert 8 <= reminder_at.astimezone(ZoneInfo(zone)).hour < 21


@few
@given(at=moments, zone=zones)
def test_a_polite_time_is_the_same_moment_or_the_next_morning(at: datetime, zone: str) -> None:
    polite = rules.polite_time(at, zone)
    assert 8 <= polite.astimezone(ZoneInfo(zone)).hour < 21
    assert timedelta(0) <= polite - at <= 13 * HOUR
    assert rules.polite_time(polite, zone) == polite
