"""The calendar file and the private address: when talks are, and nothing else (rules O5, S4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from couples import clock, tokens
from couples.db import db, new_id, transaction
from couples.pairing import services_leaving
from couples.talks.calendar import services as services_calendar
from couples.talks.calendar.ics import calendar_of
from couples.talks.calendar.services import Appointment
from couples.talks.models import AgendaItem, CalendarFeed, Talk, TalkTime
from couples.talks.sitting.services_after import write_down
from couples.talks.sitting.shapes import Written
from couples.text import clean_line
from tests.cast import Cast, link, sign_in

SUNDAY = datetime(2026, 9, 6, 17, 30, tzinfo=UTC)
ALLOWED = {
    "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "CLASS", "STATUS",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Let this process live at the tests' moment."""
    monkeypatch.setattr(clock, "now", lambda: now)


@transaction()
def talk(couple_id: str, now: datetime, agreed: bool = True, **values: object) -> str:
    """Add a talk, agreed unless told otherwise."""
    when = {"starts_at": SUNDAY, "minutes": 30, "agreed_at": now} if agreed else {}
    row = Talk(couple_id=couple_id, made_at=now, **{**when, **values})
    db.session.add(row)
    return row.id


def feed_address(person_id: str, now: datetime) -> str:
    """Make a person's address and return its path."""
    services_calendar.make_address(person_id, now)
    return f"/talks/calendar/{services_calendar.address_token(person_id)}.ics"


def events(text: bytes) -> list[dict[str, str]]:
    """Return each event of a calendar as its plain values."""
    found = Calendar.from_ical(text).walk("VEVENT")
    return [{name: _plain(each[name].to_ical()) for name in each} for each in found]


def _plain(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def assert_rfc5545(text: bytes) -> None:
    """Hold a text to what every calendar relies on: line ends, folding, and UTF-8."""
    assert text.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"\n" not in text.replace(b"\r\n", b"") and b"\r" not in text.replace(b"\r\n", b"")
    for line in text.split(b"\r\n"):
        line.decode()


def test_O5_the_file_of_an_agreed_talk_says_when_it_is(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk_id = talk(cast.couple, now)
    sign_in(client, cast.maya, now)
    got = client.get(f"/talks/{talk_id}/calendar.ics?next=1")
    assert got.status_code == 200 and got.mimetype == "text/calendar"
    assert got.headers["Content-Disposition"] == "attachment; filename=date.ics"
    assert got.headers["Cache-Control"] == "no-store"
    assert_rfc5545(got.data)
    (event,) = events(got.data)
    assert set(event) == ALLOWED
    assert event["DTSTART"] == "20260906T173000Z" and event["DTEND"] == "20260906T180000Z"
    assert event["SUMMARY"] == "Pages" and event["CLASS"] == "PRIVATE"
    assert event["STATUS"] == "CONFIRMED" and event["SEQUENCE"] == "0"


@pytest.mark.parametrize("who", ["ines", "other", "nobody"])
def test_S7_the_file_is_for_the_two_alone(
    client: FlaskClient, cast: Cast, now: datetime, who: str
) -> None:
    talk_id = talk(cast.couple, now)
    if who != "nobody":
        sign_in(client, getattr(cast, who), now)
    there, missing = (client.get(f"/talks/{one}/calendar.ics") for one in (talk_id, new_id()))
    assert there.status_code == missing.status_code == (303 if who == "nobody" else 404)
    assert there.data == missing.data


def test_O5_what_only_one_proposed_is_in_no_calendar(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk_id = talk(cast.couple, now, agreed=False)
    _propose(talk_id, cast.jonas, SUNDAY, now)
    address = feed_address(cast.maya, now)
    assert events(client.get(address).data) == []
    sign_in(client, cast.maya, now)
    assert client.get(f"/talks/{talk_id}/calendar.ics").status_code == 404


@transaction()
def _propose(talk_id: str, author_id: str, starts_at: datetime, now: datetime) -> None:
    row = TalkTime(
        talk_id=talk_id, author_id=author_id, starts_at=starts_at, minutes=45, made_at=now
    )
    db.session.add(row)


def test_O5_a_proposed_move_changes_no_byte_before_the_yes(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk_id = talk(cast.couple, now)
    sign_in(client, cast.maya, now)
    addresses = feed_address(cast.maya, now), f"/talks/{talk_id}/calendar.ics"
    before = [client.get(address).data for address in addresses]
    _propose(talk_id, cast.jonas, SUNDAY + timedelta(days=1), now)
    assert [client.get(address).data for address in addresses] == before
    _change(talk_id, starts_at=SUNDAY + timedelta(days=1), agreed_at=now + timedelta(1), changes=1)
    for address, earlier in zip(addresses, before, strict=True):
        (event,) = events(client.get(address).data)
        (old,) = events(earlier)
        assert event["UID"] == old["UID"] and event["SEQUENCE"] == "1"
        assert event["DTSTART"] == "20260907T173000Z"
        assert event["LAST-MODIFIED"] == "20260902T120000Z"


@transaction()
def _change(talk_id: str, **values: object) -> None:
    row = db.session.get_one(Talk, talk_id)
    for name, value in values.items():
        setattr(row, name, value)


def test_O5_a_talk_called_off_is_shown_cancelled(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk(cast.couple, now, called_off_at=now + timedelta(hours=1), changes=1)
    (event,) = events(client.get(feed_address(cast.maya, now)).data)
    assert event["STATUS"] == "CANCELLED" and event["SEQUENCE"] == "1"
    assert event["LAST-MODIFIED"] == event["DTSTAMP"] == "20260901T130000Z"


def test_S4_a_calendar_names_nobody_and_links_to_nothing(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk_id = talk(cast.couple, now)
    with transaction():
        row = AgendaItem(couple_id=cast.couple, author_id=cast.maya, words="Tea", added_at=now)
        db.session.add(row)
    text = client.get(feed_address(cast.maya, now)).data.decode()
    for told in ("Maya", "Jonas", "Tea", talk_id, cast.couple, cast.maya, "http", "@", "localhost"):
        assert told not in text


def test_S2_nothing_private_of_either_changes_a_byte(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk(cast.couple, now)
    address = feed_address(cast.maya, now)
    before = client.get(address).data
    services_calendar.make_address(cast.jonas, now)
    services_calendar.replace_address(cast.jonas, now + timedelta(days=1))
    services_calendar.remove_address(cast.jonas)
    assert client.get(address).data == before


def test_two_calendars_cannot_be_matched_and_other_couples_stay_out(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk(cast.couple, now)
    talk(cast.other_couple, now)
    found = [events(client.get(feed_address(one, now)).data) for one in (cast.maya, cast.jonas)]
    (mine,), (theirs,) = found
    assert mine["UID"] != theirs["UID"]
    assert {**mine, "UID": ""} == {**theirs, "UID": ""}


def test_the_address_needs_no_session_and_leaves_no_trace(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk(cast.couple, now)
    address = feed_address(cast.maya, now)
    got = client.get(address)
    assert got.status_code == 200 and "Set-Cookie" not in got.headers
    assert got.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(f"{address}?from=2020").data == got.data
    head = client.head(address)
    assert dict(head.headers) == dict(got.headers) and head.data == b""
    sign_in(client, cast.other, now)
    signed_in = client.get(address)
    assert signed_in.data == got.data and "Set-Cookie" not in signed_in.headers


def test_S7_void_addresses_are_all_the_same(client: FlaskClient, cast: Cast, now: datetime) -> None:
    replaced = feed_address(cast.maya, now)
    services_calendar.replace_address(cast.maya, now)
    current = f"/talks/calendar/{services_calendar.address_token(cast.maya)}.ics"
    assert current != replaced and client.get(current).status_code == 200
    services_calendar.remove_address(cast.maya)
    foreign = tokens.make("week", db.session.scalar(db.select(CalendarFeed.id)) or new_id())
    never = tokens.make("calendar", new_id())
    void = [replaced, current, *(f"/talks/calendar/{one}.ics" for one in (never, foreign, "x"))]
    answers = [client.open(address, method=how) for address in void for how in ("GET", "HEAD")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers[::2]}) == 1


def test_L6_after_the_link_has_ended_the_calendar_is_empty(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk(cast.couple, now)
    address = feed_address(cast.maya, now)
    services_leaving.end_link(cast.jonas, now)
    got = client.get(address)
    assert got.status_code == 200 and events(got.data) == []
    assert_rfc5545(got.data)


def test_the_page_makes_replaces_and_removes_the_address(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_in(client, cast.maya, now)
    assert "calendar/" not in client.get("/talks/calendar").text.partition("<main")[2].replace(
        "/talks/calendar/re", ""
    )
    seen = set()
    for path in ("", "", "/replace", "/replace"):
        assert client.post(f"/talks/calendar{path}").status_code == 303
        token = services_calendar.address_token(cast.maya)
        assert token and f"/talks/calendar/{token}.ics" in client.get("/talks/calendar").text
        seen.add(token)
    assert len(seen) == 3
    for _again in range(2):
        assert client.post("/talks/calendar/remove").status_code == 303
    assert services_calendar.address_token(cast.maya) is None


def test_an_address_is_made_once_replaced_and_removed_on_either_database(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    person_id, seen = database_cast.maya, []
    for act in (services_calendar.make_address, services_calendar.replace_address) * 2:
        act(person_id, now)
        seen.append(services_calendar.address_token(person_id))
    assert seen[0] and seen[1] == seen[2] and len(set(seen)) == 3
    services_calendar.remove_address(person_id)
    assert services_calendar.address_token(person_id) is None


def test_of_many_talks_the_latest_are_given(app: Flask, cast: Cast, now: datetime) -> None:
    for week in range(70):
        when = SUNDAY + timedelta(weeks=week)
        talk(cast.couple, now, starts_at=when, talked_at=when)
    services_calendar.make_address(cast.maya, now)
    token = services_calendar.address_token(cast.maya) or ""
    found = services_calendar.appointments(token)
    assert len(found) == services_calendar.MOST
    assert found[0].starts_at == SUNDAY + timedelta(weeks=69)


APPOINTMENTS = st.lists(
    st.builds(
        Appointment,
        uid=st.uuids().map(str),
        starts_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
        minutes=st.integers(10, 240),
        changed_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
        changes=st.integers(0, 999),
        called_off=st.booleans(),
    ),
    max_size=3,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(APPOINTMENTS, st.text(max_size=120))
def test_any_name_makes_a_calendar_that_can_be_read(found: list[Appointment], name: str) -> None:
    text = calendar_of(found, name)
    assert_rfc5545(text)
    read = Calendar.from_ical(text)
    names = {str(event["summary"]) for event in read.walk("VEVENT")}
    for event, one in zip(read.walk("VEVENT"), found, strict=True):
        assert event.decoded("dtstart") == one.starts_at.replace(microsecond=0)
        assert set(event) == ALLOWED
    assert not read.errors
    shown = text.replace(b"\r\n ", b"").decode()
    assert shown.count("\r\nX-WR-CALNAME:") == 1
    assert names <= {clean_line(name)}


def test_O5_a_talk_held_before_its_time_leaves_calendars(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    early, held = talk(cast.couple, now), feed_address(cast.jonas, now)
    assert write_down(cast.maya, early, Written(), now)
    (event,) = events(client.get(held).data)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "1")
    sign_in(client, cast.jonas, now)
    assert client.get(f"/talks/{early}/calendar.ics").data == client.get(held).data
    assert write_down(cast.maya, talk(cast.couple, now), Written(), SUNDAY)
    assert [each["STATUS"] for each in events(client.get(held).data)].count("CONFIRMED") == 1


def test_L6_an_old_address_stays_empty_in_a_new_link(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk(cast.couple, now)
    path = feed_address(cast.maya, now)
    services_leaving.end_link(cast.maya, now)
    newer = link(cast.maya, cast.ines, now)
    talk(newer, now)
    assert events(client.get(path).data) == []
    assert services_calendar.address_token(cast.maya) is None
    again = feed_address(cast.maya, now)
    assert len(events(client.get(again).data)) == 1
    assert client.get(path).status_code == 404


def test_an_address_is_offered_and_made_only_in_a_link(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    forms = {"make": 'action="/talks/calendar"', "remove": 'action="/talks/calendar/remove"'}

    def offered() -> set[str]:
        page = client.get("/talks/calendar").text
        return {name for name, mark in forms.items() if mark in page}

    sign_in(client, cast.ines, now)
    assert offered() == set()
    for path in ("", "/replace"):
        assert client.post(f"/talks/calendar{path}").status_code == 404
    assert db.session.scalar(db.select(CalendarFeed.id)) is None
    path = feed_address(cast.maya, now)
    services_leaving.end_link(cast.jonas, now)
    sign_in(client, cast.maya, now)
    assert offered() == {"remove"}
    assert client.post("/talks/calendar/replace").status_code == 404
    assert client.get(path).status_code == 200
    assert client.post("/talks/calendar/remove").status_code == 303
    assert client.get(path).status_code == 404 and offered() == set()
    link(cast.maya, cast.ines, now)
    assert offered() == {"make"}
