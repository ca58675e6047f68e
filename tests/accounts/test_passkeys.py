"""Passkeys: signing in and proving with them, and every way in which they are refused."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from webauthn.helpers import base64url_to_bytes
from werkzeug.test import TestResponse

from couples import clock
from couples.accounts import services_erasing, services_profile
from couples.accounts.events.services import events_of
from couples.accounts.models import Challenge, LoginSession, Passkey, Person
from couples.accounts.passkeys import rules, services, services_asserting, services_challenges
from couples.accounts.passkeys.refusals import NotKnown
from couples.accounts.passkeys.rules import Site, goes_back, site_of
from couples.accounts.passkeys.services_asserting import Answer
from couples.accounts.services import begin_session, find_session
from couples.db import db, transaction
from couples.mail.models import OutboxLetter
from tests.accounts.authenticator import SoftPasskey
from tests.accounts.pages import body, letters, post
from tests.accounts.second_step import turn_on
from tests.cast import PASSWORD, Cast, sign_in
from tests.tries import forget_tries

DOORS = {"in": "/signin/passkey", "prove": "/settings/prove/passkey", "add": "/settings/passkeys"}
SITE = Site("localhost", "http://localhost:8000")
NOT_KNOWN = "That passkey isn’t known here, or it took longer than five minutes. Try again, or use"


@dataclass
class Device:
    """A browser and the passkey of its device."""

    client: FlaskClient
    passkey: SoftPasskey = field(default_factory=SoftPasskey)

    def ask(self, door: str, **data: str) -> dict[str, Any]:
        """Ask at a door, as the script does."""
        answer = post(self.client, f"{DOORS[door]}/options", **data)
        assert answer.status_code == 200, answer.text
        asked: dict[str, Any] = answer.get_json()
        return asked

    def send(
        self, door: str, asked: dict[str, Any], passkey: SoftPasskey | None = None, **data: str
    ) -> TestResponse:
        """Answer what was asked."""
        with_it = passkey or self.passkey
        sign = with_it.attestation if door == "add" else with_it.assertion
        sent = {"challenge": asked["challenge"], "credential": sign(asked["options"])}
        return post(self.client, DOORS[door], **(sent | data))

    def add(self, label: str = "My phone") -> TestResponse:
        """Make this device's passkey one of the signed-in person's."""
        asked = self.ask("add", label=label)
        self.passkey = self.passkey.made_for(asked["options"])
        return self.send("add", asked, label=label)

    def enter(self, passkey: SoftPasskey | None = None, **data: str) -> TestResponse:
        """Sign in with the passkey."""
        return self.send("in", self.ask("in"), passkey, **data)


@pytest.fixture
def device(app: Flask, client: FlaskClient, cast: Cast) -> Device:
    """Return a device with a passkey of Maya's, nobody signed in at it."""
    sign_in(client, cast.maya, clock.now())
    found = Device(client)
    assert found.add().status_code == 200
    client.post("/signout")
    return found


def rows(model: Any) -> int:
    """Return how many rows a table has."""
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def kinds(person_id: str) -> list[str]:
    """Return what happened to somebody's account, the newest first."""
    db.session.rollback()
    return [one.kind for one in events_of(person_id, clock.now())]


def test_P2_a_passkey_signs_in_by_itself_and_without_an_address(device: Device, cast: Cast) -> None:
    asked = device.ask("in")
    assert asked["options"]["userVerification"] == "required"
    assert asked["options"]["rpId"] == "localhost" and not asked["options"]["allowCredentials"]
    assert len(base64url_to_bytes(asked["options"]["challenge"])) == 32
    answer = device.send("in", asked)
    assert (answer.status_code, answer.get_json()) == (200, {"to": "/"})
    assert device.client.get("/settings").status_code == 200
    assert kinds(cast.maya)[0] == "signed_in"
    cookies = " ".join(answer.headers.getlist("Set-Cookie"))
    assert "pages-known=" in cookies and "Expires" not in session_cookie(answer)


def session_cookie(answer: TestResponse) -> str:
    """Return the cookie that holds the session."""
    [found] = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("pages=")]
    return found


def test_P2_keep_me_signed_in_holds_for_passkeys_too(device: Device) -> None:
    assert "Expires" in session_cookie(device.enter(keep="y"))


def test_signing_in_with_a_passkey_leads_to_where_one_was_going(device: Device) -> None:
    device.client.get("/private")
    assert device.enter().get_json() == {"to": "/private"}


WRONG: dict[str, Callable[[SoftPasskey], SoftPasskey]] = {
    "unknown": lambda mine: SoftPasskey(handle=mine.handle),
    "another key": lambda mine: mine.but(key=SoftPasskey().key),
    "wrong origin": lambda mine: mine.but(origin="http://localhost:8001"),
    "the address as origin": lambda mine: mine.but(origin="http://127.0.0.1:8000"),
    "wrong site": lambda mine: mine.but(rp_id="example.org"),
    "person not verified": lambda mine: mine.but(verifies=False),
    "nobody present": lambda mine: mine.but(present=False),
    "handle of somebody else": lambda mine: mine.but(handle=bytes(32)),
    "no handle": lambda mine: mine.but(handle=b""),
}


def test_S7_every_wrong_passkey_is_refused_alike(device: Device) -> None:
    """ASVS 6.7.2: site, origin, verification, signature and person are all checked."""
    before = rows(LoginSession)
    told = {}
    for case, wrong in WRONG.items():
        answer = device.enter(wrong(device.passkey))
        told[case] = (answer.status_code, answer.get_json()["says"])
    assert {status for status, _says in told.values()} == {422}, told
    assert len(set(told.values())) == 1, told
    assert told["unknown"][1].startswith(NOT_KNOWN)
    assert rows(LoginSession) == before
    assert device.enter().status_code == 200


NONSENSE = (
    "", "null", "[]", "{", "\0", '{"id": 1}', "[" * 30_000, "x" * 40_000,
    json.dumps({"id": "é", "rawId": "é", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AA", "rawId": "AA", "type": "public-key",
            "response": {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA"},
        }
    ),
)  # fmt: skip


def test_nonsense_is_refused_at_every_door(device: Device, cast: Cast) -> None:
    sign_in(device.client, cast.maya, clock.now())
    for door, path in DOORS.items():
        for credential in NONSENSE:
            asked = device.ask(door, label="Mine")
            sent = {"challenge": asked["challenge"], "credential": credential, "label": "Mine"}
            assert post(device.client, path, **sent).status_code == 422, credential[:40]
        for name in ("", "\0", "x" * 22, "é" * 22):
            answer = post(device.client, path, challenge=name, credential="{}", label="Mine")
            assert answer.status_code == 422
        forget_tries()
    assert rows(Passkey) == 1


def test_an_answer_counts_once_also_in_two_tabs(device: Device) -> None:
    asked = device.ask("in")
    assert device.send("in", asked).status_code == 200
    again = device.send("in", asked)
    assert again.status_code == 422 and again.get_json()["says"].startswith(NOT_KNOWN)
    one, other = device.ask("in"), device.ask("in")
    assert [device.send("in", each).status_code for each in (other, one)] == [200, 200]
    assert rows(Challenge) == 0


def test_a_wrong_answer_uses_its_challenge_up(device: Device) -> None:
    asked = device.ask("in")
    assert device.send("in", asked, device.passkey.but(verifies=False)).status_code == 422
    assert device.send("in", asked).status_code == 422


def test_an_answer_to_another_challenge_is_refused(device: Device) -> None:
    one, other = device.ask("in"), device.ask("in")
    assert device.send("in", one | {"options": other["options"]}).status_code == 422


def test_a_challenge_lasts_five_minutes(device: Device, cast: Cast) -> None:
    now = clock.now()
    for late, known in ((timedelta(minutes=4, seconds=59), True), (timedelta(minutes=5), False)):
        asked = services_challenges.ask_to_sign_in(SITE, now)
        answer = Answer(asked.id, device.passkey.assertion(asked.options))
        if known:
            services_asserting.sign_in(SITE, answer, keep=False, now=now + late)
        else:
            with pytest.raises(NotKnown):
                services_asserting.sign_in(SITE, answer, keep=False, now=now + late)
    assert rows(Challenge) == 1
    services_profile.sweep(now + timedelta(minutes=4))
    assert rows(Challenge) == 1
    services_profile.sweep(now + timedelta(minutes=5))
    assert rows(Challenge) == 0


def test_a_challenge_is_for_one_purpose_and_one_person(
    device: Device, app: Flask, cast: Cast
) -> None:
    sign_in(device.client, cast.maya, clock.now())
    other = Device(app.test_client())
    sign_in(other.client, cast.jonas, clock.now())
    asked = {door: device.ask(door, label="Mine") for door in DOORS}
    theirs = {door: other.ask(door, label="Mine") for door in ("prove", "add")}
    fresh = SoftPasskey().made_for(asked["add"]["options"])
    for door in DOORS:
        passkey = fresh if door == "add" else device.passkey
        strange = [asked[name] for name in DOORS if name != door]
        strange += [theirs[door]] if door in theirs else []
        for question in strange:
            assert device.send(door, question, passkey, label="Mine").status_code == 422, door
    # Not one of them was used up by who must not use it.
    assert rows(Challenge) == 5
    assert device.send("prove", asked["prove"]).status_code == 200


def test_a_count_of_uses_that_goes_back_is_refused_and_noted(
    device: Device, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """ASVS 6.7.2; a passkey that counts nothing (it travels between devices) goes on working."""
    assert [device.enter().status_code for _twice in range(2)] == [200, 200]
    assert device.enter(device.passkey.but(count=5)).status_code == 200
    with caplog.at_level(logging.WARNING):
        for count in (5, 4, 0):
            assert device.enter(device.passkey.but(count=count)).status_code == 422
    assert caplog.text.count("its count of uses has gone back") == 3
    assert kinds(cast.maya).count("passkey_refused") == 3, "its person is told"
    assert device.passkey.handle.hex() not in caplog.text
    assert device.enter(device.passkey.but(count=6)).status_code == 200
    cases = {(0, 0): False, (0, 1): False, (1, 0): True, (4, 4): True, (4, 5): False}
    assert {case: goes_back(*case) for case in cases} == cases


def test_P2_step_up_by_passkey_gives_the_session_a_fresh_token(device: Device, cast: Cast) -> None:
    now, client = clock.now(), device.client
    sign_in(client, cast.maya, now)
    with transaction():
        long_ago = {"proved_at": now - timedelta(hours=1)}
        db.session.execute(update(LoginSession).values(**long_ago))
    led = client.get("/settings/passkeys").location
    assert 'data-passkey="/settings/prove/passkey/options"' in client.get(led).text
    with client.session_transaction() as cookie:
        before = cookie["_user_id"]
    asked = device.ask("prove")
    assert [one["type"] for one in asked["options"]["allowCredentials"]] == ["public-key"]
    sent = {
        "challenge": asked["challenge"],
        "credential": device.passkey.assertion(asked["options"]),
    }
    answer = post(client, led.replace("/prove", "/prove/passkey"), **sent)
    assert answer.get_json() == {"to": "/settings/passkeys"}
    assert client.get("/settings/passkeys").status_code == 200
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before
    assert find_session(before, clock.now()) is None


def test_P2_a_device_that_is_asked_for_a_passkey_may_leave_out_whose_it_is(
    device: Device, app: Flask, cast: Cast
) -> None:
    sign_in(device.client, cast.maya, clock.now())
    silent = device.passkey.but(handle=b"")
    assert device.send("prove", device.ask("prove"), silent).status_code == 200
    jonas = Device(app.test_client())
    sign_in(jonas.client, cast.jonas, clock.now())
    assert jonas.send("prove", jonas.ask("prove"), silent).status_code == 422


def test_the_page_says_that_a_passkey_alone_stops_no_letter_for_a_new_password(
    client: FlaskClient, cast: Cast
) -> None:
    sentence = "A passkey doesn’t stop whoever reads your email from setting a new password"
    sign_in(client, cast.maya, clock.now())
    assert sentence in client.get("/settings/passkeys").text
    turn_on(cast.maya)
    sign_in(client, cast.maya, clock.now())
    assert sentence not in client.get("/settings/passkeys").text


def test_somebody_elses_passkey_proves_nothing(device: Device, app: Flask, cast: Cast) -> None:
    jonas = Device(app.test_client())
    sign_in(jonas.client, cast.jonas, clock.now())
    assert jonas.add().status_code == 200
    sign_in(device.client, cast.maya, clock.now())
    assert device.send("prove", device.ask("prove"), jonas.passkey).status_code == 422
    pretending = jonas.passkey.but(handle=device.passkey.handle)
    assert device.send("prove", device.ask("prove"), pretending).status_code == 422
    assert device.enter(pretending).status_code == 422


def test_a_credential_of_another_account_is_never_accepted(
    device: Device, app: Flask, cast: Cast
) -> None:
    jonas = Device(app.test_client(), device.passkey)
    sign_in(jonas.client, cast.jonas, clock.now())
    answer = jonas.add()
    assert answer.status_code == 422 and "wasn’t added" in answer.get_json()["says"]
    assert services.passkeys_of(cast.jonas) == []
    assert rows(Passkey) == 1


BAD_NEW: dict[str, Callable[[SoftPasskey], SoftPasskey]] = {
    name: WRONG[name]
    for name in ("wrong origin", "wrong site", "person not verified", "nobody present")
}


def test_only_a_verified_passkey_of_this_site_is_added(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    device = Device(client)
    asked = device.ask("add", label="Mine")
    chosen = asked["options"]["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    assert asked["options"]["attestation"] == "none"
    for case, wrong in BAD_NEW.items():
        asked = device.ask("add", label="Mine")
        assert device.send("add", asked, wrong(device.passkey), label="Mine").status_code == 422, (
            case
        )
    assert rows(Passkey) == 0 and not letters("changed")


def test_what_a_device_keeps_names_nobody_by_id_and_no_second_one_is_made(
    device: Device, cast: Cast
) -> None:
    sign_in(device.client, cast.maya, clock.now())
    options = device.ask("add", label="Mine")["options"]
    handle = base64url_to_bytes(options["user"]["id"])
    assert handle == device.passkey.handle and len(handle) == 32
    assert cast.maya.encode() not in handle
    kept = [base64url_to_bytes(one["id"]) for one in options["excludeCredentials"]]
    assert kept == [device.passkey.credential_id]
    db.session.rollback()
    row = db.session.scalars(select(Passkey)).one()
    plain = repr([row.credential_index, row.credential_sealed, row.label_sealed])
    assert "My phone" not in plain and device.passkey.credential_id.hex() not in plain


def test_ASVS_7_4_3_adding_and_removing_end_every_other_session_and_are_told(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    device, now = Device(client), clock.now()
    sign_in(client, cast.maya, now)
    elsewhere, of_jonas = (
        begin_session(person, keep=True, now=now) for person in (cast.maya, cast.jonas)
    )
    assert device.add().get_json() == {"to": "/settings/passkeys"}
    db.session.rollback()
    assert not find_session(elsewhere, now) and find_session(of_jonas, now)
    assert "My phone" in client.get("/settings/passkeys").text
    elsewhere = begin_session(cast.maya, keep=True, now=now)
    [one] = services.passkeys_of(cast.maya)
    gone = post(client, f"/settings/passkeys/{one.id}", then="remove")
    assert gone.location == "/settings/passkeys"
    db.session.rollback()
    assert not find_session(elsewhere, now) and find_session(of_jonas, now)
    assert kinds(cast.maya)[:2] in (
        ["passkey_removed", "passkey_added"],
        ["passkey_added", "passkey_removed"],
    )
    assert kinds(cast.jonas) == []
    assert {letter.person_id for letter in letters("changed")} == {cast.maya}
    assert len(letters("changed")) == 2
    assert device.enter().status_code == 422, "a removed passkey opens nothing"


def test_a_passkey_is_called_otherwise_and_what_is_typed_is_checked(
    device: Device, cast: Cast
) -> None:
    client = device.client
    sign_in(client, cast.maya, clock.now())
    [one] = services.passkeys_of(cast.maya)
    path = f"/settings/passkeys/{one.id}"
    assert post(client, path, label=" The  blue key ", then="save").status_code == 303
    db.session.rollback()
    assert services.look_at(cast.maya, one.id).label == "The blue key"
    assert post(client, path, label="", then="save").status_code == 422
    assert "x" * 61 in post(client, path, label="x" * 61).text
    for label, sentence in (("", "Add a name"), ("x" * 61, "Use 60 characters")):
        refused = post(client, "/settings/passkeys/options", label=label)
        assert refused.json and refused.json["field"] == "label"
        assert refused.status_code == 422 and refused.get_json()["says"].startswith(sentence)
    assert rows(Challenge) == 0


def test_nobody_has_more_passkeys_than_can_be_looked_over(
    device: Device, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(device.client, cast.maya, clock.now())
    asked = device.ask("add", label="Mine")
    monkeypatch.setattr(rules, "MOST", 1)
    assert device.send("add", asked, SoftPasskey(), label="Mine").status_code == 422
    assert post(device.client, "/settings/passkeys/options", label="Mine").status_code == 422
    assert rows(Passkey) == 1


def test_P2_adding_and_removing_ask_for_a_fresh_proof(device: Device, cast: Cast) -> None:
    client, now = device.client, clock.now()
    sign_in(client, cast.maya, now)
    [one] = services.passkeys_of(cast.maya)
    asked = device.ask("add", label="Mine")
    with transaction():
        db.session.execute(update(LoginSession).values(proved_at=now - timedelta(minutes=10)))
    for path in ("/settings/passkeys", f"/settings/passkeys/{one.id}"):
        assert client.get(path).location.startswith("/settings/prove")
    assert post(client, f"/settings/passkeys/{one.id}", then="remove").status_code == 303
    answers = (
        post(client, "/settings/passkeys/options", label="Mine"),
        device.send("add", asked, SoftPasskey(), label="Mine"),
    )
    for answer in answers:
        assert answer.status_code == 422 and "Ten minutes" in answer.get_json()["says"]
    assert [each.id for each in services.passkeys_of(cast.maya)] == [one.id]


def test_S5_erasing_takes_passkeys_and_challenges_and_they_open_nothing(
    device: Device, cast: Cast
) -> None:
    sign_in(device.client, cast.maya, clock.now())
    asked = device.ask("in")
    device.ask("prove")
    with transaction():
        services_erasing.empty(cast.maya, clock.now())
    assert rows(Passkey) == 0 and rows(Challenge) == 1
    assert device.send("in", asked).status_code == 422


def test_a_passkey_left_over_by_a_request_under_way_opens_no_erased_account(
    device: Device, cast: Cast
) -> None:
    with transaction():
        person = db.session.get_one(Person, cast.maya)
        person.erased_at = clock.now()
    assert device.enter().status_code == 422


def test_S7_one_browser_is_slowed_down_and_a_right_passkey_counts_for_nothing(
    app: Flask, device: Device
) -> None:
    for _many in range(30):
        assert device.enter().status_code == 200
    forget_tries()
    statuses = [post(device.client, DOORS["in"]).status_code for _many in range(62)]
    assert statuses == [422] * 61 + [429]
    refused = post(device.client, DOORS["in"])
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) >= 1
    elsewhere = device.client.post(DOORS["in"], environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 429, "it is the same browser"
    assert post(app.test_client(), DOORS["in"]).status_code == 422
    typed = post(device.client, "/signin", address="maya@example.org", password=PASSWORD)
    assert typed.status_code == 303, "who types a password does not wait for that"
    forget_tries()
    asked = [post(device.client, f"{DOORS['in']}/options").status_code for _many in range(61)]
    assert asked == [200] * 60 + [429]


def test_passkeys_need_the_forms_token(app: Flask, cast: Cast) -> None:
    for door in DOORS.values():
        for path in (door, f"{door}/options"):
            client = app.test_client()
            sign_in(client, cast.maya, clock.now())
            assert client.post(path, data={"label": "Mine"}).status_code == 400
    assert rows(Challenge) == 0


PARTNERS_PAGES = ("/overview", "/talks", "/doc", "/week", "/private", "/settings", "/settings/link")


def test_S2_passkeys_change_no_byte_of_the_partners_pages_and_send_them_nothing(
    device: Device, app: Flask, cast: Cast
) -> None:
    jonas, maya = app.test_client(), device.client
    sign_in(jonas, cast.jonas, clock.now())

    def seen() -> list[bytes]:
        return [body(jonas.get(path)) for path in PARTNERS_PAGES]

    before = seen()
    sign_in(maya, cast.maya, clock.now())
    other = Device(maya)
    assert other.add("Another").status_code == 200
    assert other.send("prove", other.ask("prove")).status_code == 200
    assert other.enter().status_code == 200
    for one in services.passkeys_of(cast.maya):
        post(maya, f"/settings/passkeys/{one.id}", then="remove")
    assert rows(Passkey) == 0
    assert seen() == before
    db.session.rollback()
    posted = select(OutboxLetter).where(OutboxLetter.person_id == cast.jonas)
    assert not list(db.session.scalars(posted))


SITES = {
    "https://pages.example": Site("pages.example", "https://pages.example"),
    "https://Pages.Example:443/": Site("pages.example", "https://pages.example"),
    "https://pages.example:8443": Site("pages.example", "https://pages.example:8443"),
    "http://127.0.0.1:8123": Site("localhost", "http://localhost:8123"),
    "http://[::1]:8123": Site("localhost", "http://localhost:8123"),
    "http://localhost": Site("localhost", "http://localhost"),
    "http://pages.example": None,
    "https://192.0.2.7": None,
    "http://192.168.1.4:8000": None,
    "https://[2001:db8::1]": None,
}


def test_passkeys_are_bound_to_a_name_and_need_https_or_this_machine() -> None:
    assert {address: site_of(address) for address in SITES} == SITES


def test_each_page_says_where_passkeys_work(app: Flask, client: FlaskClient, cast: Cast) -> None:
    at_the_name, at_the_number = "http://localhost:8000", "http://127.0.0.1:8000"
    shown = client.get("/signin", base_url=at_the_name).text
    assert 'data-passkey="/signin/passkey/options"' in shown and " hidden data-passkey" in shown
    shown = client.get("/signin", base_url=at_the_number).text
    assert "data-passkey" not in shown
    assert 'href="http://localhost:8000/signin">Open this page at http://localhost:8000' in shown
    front = client.get("/", base_url=at_the_name).text
    assert 'href="/signin">Sign in with a passkey</a>' in front
    assert "data-passkey" not in front and "passkeys.js" not in front
    publish(app, "http://pages.example")
    assert "passkey" not in client.get("/").text.casefold()
    sign_in(client, cast.maya, clock.now())
    publish(app, "http://pages.localhost:8000")
    shown = client.get("/settings/passkeys").text
    assert 'href="http://pages.localhost:8000/settings/passkeys"' in shown
    assert "data-passkey" not in shown


def test_where_the_service_has_a_name_nobody_is_told_where_passkeys_work(
    app: Flask, client: FlaskClient
) -> None:
    app.config["TRUSTED_HOSTS"] = None
    publish(app, "https://pages.example")
    shown = client.get("/signin", base_url="https://pages.example").text
    assert "data-passkey=" in shown and "Passkeys work at https://pages.example." not in shown
    for path in ("/signin", "/"):
        shown = client.get(path, base_url="http://localhost:8000").text
        assert "data-passkey=" not in shown and "passkey" not in shown.casefold()
    own = {
        "127.0.0.1": True,
        "::1": True,
        "127.8.9.1": True,
        "localhost": False,
        "192.0.2.7": False,
    }
    assert {host: rules.is_own_number(host) for host in own} == own


def publish(app: Flask, public_url: str) -> None:
    """Let the service be reached at another address, as far as it knows."""
    app.extensions["settings"] = replace(app.extensions["settings"], public_url=public_url)


def test_where_passkeys_work_nowhere_they_are_not_offered(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    publish(app, "https://192.168.1.4")
    assert "assk" not in client.get("/signin").text
    sign_in(client, cast.maya, clock.now())
    for path in DOORS.values():
        sent = {"label": "Mine", "challenge": "x" * 22, "credential": "{}"}
        assert post(client, path, **sent).status_code == 404
        assert post(client, f"{path}/options", **sent).status_code == 404
    assert 'href="/settings/passkeys"' not in client.get("/settings").text
    assert "whose address has a name" in client.get("/settings/passkeys").text
