"""Codes as a second step: setting them up, taking each once, turning them off."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP

from couples import clock
from couples.accounts.codes import rules, services
from couples.accounts.codes.services_taking import Taken, authenticator_of, left_of, take
from couples.accounts.events.services import events_of
from couples.accounts.models import Authenticator, RecoveryCode
from couples.accounts.services import begin_session, find_session
from couples.accounts.services_erasing import empty
from couples.accounts.services_profile import sweep
from couples.db import db, transaction
from tests.accounts.pages import composed, letters, post
from tests.accounts.second_step import (
    WRONG,
    code_of,
    codes_on,
    forget_last_step,
    turn_on,
    wrong_for,
)
from tests.cast import Cast, sign_in
from tests.pages import forms_of
from tests.races import rows, together

AT = datetime(2026, 9, 1, 12, 0, 10, tzinfo=UTC)
HALF_A_MINUTE = timedelta(seconds=30)


def kinds(person_id: str) -> list[str]:
    """Return what happened to an account."""
    db.session.rollback()
    return sorted(one.kind for one in events_of(person_id, clock.now()))


def test_the_whole_way_on_and_off_is_behind_a_fresh_proof(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.maya, clock.now() - timedelta(minutes=11))
    for path in ("", "/app", "/recovery", "/off"):
        for method in ("GET", "POST"):
            answer = client.open(f"/settings/codes{path}", method=method)
            assert (answer.status_code, urlsplit(answer.location).path) == (303, "/settings/prove")
    assert rows(Authenticator) == []


def test_6_5_set_up_shows_a_square_and_a_key_that_name_nobody(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    assert client.get("/settings/codes/app").location == "/settings/codes"
    assert client.get("/settings/codes").status_code == 200 and rows(Authenticator) == []
    assert post(client, "/settings/codes").location == "/settings/codes/app"
    page = client.get("/settings/codes/app").text
    (svg,) = re.findall(r"<svg role=\"img\".*?</svg>", page)
    assert "data:" not in page and "style=" not in page
    drawn = ElementTree.fromstring(svg)
    assert [child.tag for child in drawn] == ["path", "path"] and drawn.get("aria-label")
    (secret,) = re.findall(r'id="key">([A-Z2-7 ]+)<', page)
    assert len(secret.replace(" ", "")) * 5 >= 160
    assert 'autocomplete="one-time-code"' in page and 'inputmode="numeric"' in page
    # Nothing asks for codes yet.
    assert authenticator_of(cast.maya) is None


def test_the_square_says_what_the_key_says_and_no_more(app: Flask, cast: Cast) -> None:
    services.begin(cast.maya, AT)
    waiting = services.set_up(cast.maya, "Pages", AT)
    assert waiting is not None
    import segno
    from pyotp import TOTP

    secret = waiting.secret.replace(" ", "")
    said = TOTP(secret).provisioning_uri(name="Pages")
    parts = urlsplit(said)
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Pages")
    assert parse_qs(parts.query) == {"secret": [secret]}
    matrix = segno.make(said, error="m", micro=False).matrix
    assert drawn(waiting.path, waiting.size) == [[bool(cell) for cell in row] for row in matrix]


def drawn(path: str, size: int) -> list[list[bool]]:
    """Return which squares a path darkens."""
    found = [[False] * size for _row in range(size)]
    for x, y, long in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        for column in range(int(x), int(x) + int(long)):
            found[int(y)][column] = True
    return found


def test_codes_are_on_after_the_first_right_one_and_recovery_codes_are_shown_once(
    client: FlaskClient, cast: Cast
) -> None:
    elsewhere = begin_session(cast.maya, keep=True, now=clock.now())
    sign_in(client, cast.maya, clock.now())
    post(client, "/settings/codes")
    wrong = post(client, "/settings/codes/app", code=WRONG)
    assert wrong.status_code == 422 and "right now" in wrong.text
    assert post(client, "/settings/codes/app", code=" ").status_code == 422
    (row,) = rows(Authenticator)
    from pyotp import TOTP

    shown = TOTP(row.secret).at(clock.now())
    page = post(client, "/settings/codes/app", code=f"{shown[:3]} {shown[3:]}")
    assert page.status_code == 200
    codes = codes_on(page.text)
    assert len(set(codes)) == 10
    # Sent again, as by going back and forth, it shows nothing any more.
    again = post(client, "/settings/codes/app", code=shown)
    assert again.location == "/settings/codes"
    state = client.get("/settings/codes").text
    assert "10 recovery codes are left." in state and codes[0] not in state
    db.session.rollback()
    assert find_session(elsewhere, clock.now()) is None
    assert client.get("/settings").status_code == 200
    assert kinds(cast.maya) == ["codes_on"]


def test_6_5_2_recovery_codes_are_random_and_kept_as_keyed_fingerprints(
    app: Flask, cast: Cast
) -> None:
    mayas, jonas = turn_on(cast.maya), turn_on(cast.jonas)
    assert len({*mayas, *jonas}) == 20
    for code in mayas:
        assert rules.is_recovery_code(rules.bare(code)) and len(rules.bare(code)) * 5 >= 80
    kept = {row.code_index for row in rows(RecoveryCode)}
    assert len(kept) == 20 and all(re.fullmatch("[0-9a-f]{64}", index) for index in kept)
    assert not kept & {*mayas, *map(rules.bare, mayas)}


def test_C12_a_letter_says_each_time_that_it_was_changed_and_not_how(
    client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    for _time in range(3):
        services.renew(cast.maya, here="", now=clock.now())
    services.turn_off(cast.maya, here="", now=clock.now())
    assert len(letters("changed")) == 5, "each act was proved: none goes unseen"
    told = composed("changed", clock.now())
    assert all(letter and letter.to == "maya@example.org" for letter in told)
    for letter in told:
        assert letter and "How you sign in" in letter.subject
        assert not re.search(r"recovery|authenticator|app\b", letter.text)
    assert len({letter.text for letter in told if letter}) == 1, "whatever was changed"


# The clock says 12:00:10; which half minutes are right.
STEPS = [(-2, False), (-1, True), (0, True), (1, True), (2, False)]


def test_6_5_5_a_code_is_right_one_half_minute_around(app: Flask, cast: Cast) -> None:
    turn_on(cast.maya, AT)
    for off, right in STEPS:
        code = code_of(cast.maya, AT + off * HALF_A_MINUTE)
        assert (take(cast.maya, code, AT) == Taken()) is right, off


def test_6_5_1_no_code_is_taken_twice_nor_an_older_one_after_it(app: Flask, cast: Cast) -> None:
    turn_on(cast.maya, AT)
    earlier, code = code_of(cast.maya, AT - HALF_A_MINUTE), code_of(cast.maya, AT)
    assert take(cast.maya, code, AT) == Taken()
    for moment in (AT, AT + timedelta(seconds=19), AT + HALF_A_MINUTE):
        assert take(cast.maya, code, moment) is None
    assert take(cast.maya, earlier, AT) is None
    later = AT + HALF_A_MINUTE
    assert take(cast.maya, code_of(cast.maya, later), later) == Taken()


def test_6_5_1_the_code_that_turned_codes_on_is_used_up(app: Flask, cast: Cast) -> None:
    services.begin(cast.maya, AT)
    (row,) = rows(Authenticator)
    from pyotp import TOTP

    code = TOTP(row.secret).at(AT)
    assert services.confirm(cast.maya, code, here="", now=AT)
    assert take(cast.maya, code, AT) is None


def test_6_5_1_of_two_at_once_one_takes_the_code(database_app: Flask, database_cast: Cast) -> None:
    maya = database_cast.maya
    (first, *_others) = turn_on(maya, AT)
    code = code_of(maya, AT)
    for typed in (code, first):
        answers = together(database_app, *[lambda typed=typed: take(maya, typed, AT)] * 4)
        assert sum(found is not None for found in answers) == 1
    assert left_of(maya) == 9


def test_of_two_that_confirm_at_once_one_shows_recovery_codes(
    database_app: Flask, database_cast: Cast
) -> None:
    maya = database_cast.maya
    services.begin(maya, AT)
    (row,) = rows(Authenticator)
    from pyotp import TOTP

    code = TOTP(row.secret).at(AT)
    acts = [lambda: services.confirm(maya, code, here="", now=AT)] * 3
    assert sum(found is not None for found in together(database_app, *acts)) == 1
    assert left_of(maya) == 10


def test_spaces_dashes_and_capitals_are_forgiven(app: Flask, cast: Cast) -> None:
    one, two, three, four, *_rest = turn_on(cast.maya, AT)
    forms = [one.upper(), two.replace("-", " "), three.replace("-", ""), f" {four}\u2011\t"]
    assert [take(cast.maya, typed, AT) for typed in forms] == [Taken(left) for left in (9, 8, 7, 6)]
    code = code_of(cast.maya, AT)
    assert take(cast.maya, f" {code[:3]}-{code[3:]} ", AT) == Taken()


NONSENSE = [
    "",
    " ",
    "12345",
    "1234567",
    "٣٣٣٣٣٣",
    "é" * 6,
    "a" * 24,
    "a" * 9999,
    "\ud800",
    "\0" * 6,
]


def test_what_is_no_code_is_simply_wrong(app: Flask, cast: Cast) -> None:
    turn_on(cast.maya, AT)
    for typed in NONSENSE:
        assert take(cast.maya, typed, AT) is None, typed[:20]
    assert left_of(cast.maya) == 10


def test_6_5_1_a_recovery_code_works_once_for_its_person_and_is_noted(
    app: Flask, cast: Cast
) -> None:
    (mine, *_others), (theirs, *_rest) = turn_on(cast.maya, AT), turn_on(cast.jonas, AT)
    assert take(cast.maya, theirs, AT) is None
    assert take(cast.maya, mine, AT) == Taken(9) and take(cast.maya, mine, AT) is None
    assert left_of(cast.jonas) == 10
    with transaction():
        assert [one.kind for one in events_of(cast.maya, AT)].count("recovery_code_used") == 1


def test_new_recovery_codes_make_the_old_ones_void(client: FlaskClient, cast: Cast) -> None:
    (old, *_others) = turn_on(cast.maya)
    sign_in(client, cast.maya, clock.now())
    elsewhere = begin_session(cast.maya, keep=True, now=clock.now())
    assert client.get("/settings/codes/recovery").status_code == 200
    page = post(client, "/settings/codes/recovery")
    fresh = codes_on(page.text)
    assert len(fresh) == 10 and old not in fresh
    assert take(cast.maya, old, clock.now()) is None
    assert take(cast.maya, fresh[3], clock.now()) == Taken(9)
    assert find_session(elsewhere, clock.now()) is None
    assert kinds(cast.maya) == ["codes_on", "recovery_code_used", "recovery_codes_made"]


def test_6_5_6_turning_off_lets_secret_and_recovery_codes_go(
    client: FlaskClient, cast: Cast
) -> None:
    (code, *_others) = turn_on(cast.maya)
    elsewhere = begin_session(cast.maya, keep=True, now=clock.now())
    sign_in(client, cast.maya, clock.now())
    assert client.get("/settings/codes/off").status_code == 200
    assert post(client, "/settings/codes/off").location == "/settings"
    assert rows(Authenticator) == [] and rows(RecoveryCode) == []
    assert take(cast.maya, code, clock.now()) is None
    assert find_session(elsewhere, clock.now()) is None
    assert kinds(cast.maya) == ["codes_off", "codes_on"]
    for path in ("/off", "/recovery"):
        assert post(client, f"/settings/codes{path}").location == "/settings/codes"


def test_A4_each_set_up_has_a_secret_that_nobody_saw_before(app: Flask, cast: Cast) -> None:
    """Whoever sat at an open browser has begun one and kept its key."""
    services.begin(cast.maya, AT)
    planted = services.set_up(cast.maya, "Pages", AT)
    services.begin(cast.maya, AT + timedelta(minutes=1))
    hers = services.set_up(cast.maya, "Pages", AT + timedelta(minutes=1))
    assert planted and hers and planted.id != hers.id and planted.secret != hers.secret
    typed = TOTP(planted.secret.replace(" ", "")).at(AT)
    assert services.confirm(cast.maya, typed, here="", now=AT) is None
    assert len(rows(Authenticator)) == 1


def test_in_two_tabs_the_older_one_says_that_its_key_is_void(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    seen = []
    for _tab in range(2):
        post(client, "/settings/codes")
        forms = forms_of(client.get("/settings/codes/app").text)
        seen += [dict(one.values())["shown"] for one in forms if one.named("shown")]
    older = post(client, "/settings/codes/app", shown=seen[0], code="123456")
    assert older.location == "/settings/codes"
    assert "Another key has taken the place of the one you saw" in client.get(older.location).text
    assert post(client, "/settings/codes/app", shown=seen[1], code="123456").status_code == 422
    mine = services.set_up(cast.maya, "Pages", clock.now())
    assert mine is not None
    right = TOTP(mine.secret.replace(" ", "")).at(clock.now())
    shown = post(client, "/settings/codes/app", shown=seen[1], code=right)
    assert shown.status_code == 200 and services.state(cast.maya).since


def test_a_set_up_nobody_finished_ends_after_an_hour_and_is_swept(app: Flask, cast: Cast) -> None:
    services.begin(cast.maya, AT)
    first = services.set_up(cast.maya, "Pages", AT + timedelta(minutes=59))
    assert first is not None
    late = AT + timedelta(hours=1)
    assert services.set_up(cast.maya, "Pages", late) is None
    services.begin(cast.maya, late)
    second = services.set_up(cast.maya, "Pages", late)
    assert second is not None and second != first
    sweep(late + timedelta(days=2))
    assert rows(Authenticator) == []


def test_begun_again_while_on_changes_nothing(app: Flask, cast: Cast) -> None:
    turn_on(cast.maya, AT)
    services.begin(cast.maya, AT + timedelta(days=1))
    assert authenticator_of(cast.maya) is not None
    sweep(AT + timedelta(days=2))
    assert authenticator_of(cast.maya) is not None


def test_erasing_lets_authenticator_and_recovery_codes_go(app: Flask, cast: Cast) -> None:
    turn_on(cast.maya, AT)
    turn_on(cast.jonas, AT)
    with transaction():
        empty(cast.maya, AT)
    assert {row.person_id for row in rows(Authenticator)} == {cast.jonas}
    assert {row.person_id for row in rows(RecoveryCode)} == {cast.jonas}


def test_somebody_who_guesses_at_the_set_up_is_slowed_down(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.maya, clock.now())
    post(client, "/settings/codes")
    answers = [post(client, "/settings/codes/app", code=WRONG).status_code for _try in range(12)]
    assert answers[:10] == [422] * 10 and set(answers[10:]) == {429}


def test_the_last_step_is_what_forgetting_it_undoes(app: Flask, cast: Cast) -> None:
    turn_on(cast.maya, AT)
    code = code_of(cast.maya, AT)
    assert take(cast.maya, code, AT) and take(cast.maya, wrong_for(cast.maya, AT), AT) is None
    forget_last_step(cast.maya)
    assert take(cast.maya, code, AT) == Taken()
