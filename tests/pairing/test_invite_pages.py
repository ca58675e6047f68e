"""The pages on which an invite is made and answered."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from couples.db import db
from couples.pairing import rules, services_invites
from couples.pairing.models import Block
from couples.pairing.services import couple_of, couple_or_none
from couples.pairing.services_invites import (
    AlreadyLinked,
    make_invite,
    open_invites,
)
from couples.pairing.services_linking import accept
from tests.accounts.pages import body
from tests.cast import Cast, make_person, sign_in
from tests.pairing.test_invites import code_of, mailed_code

DECLINED = "/join/declined"


def test_L4_every_reason_reads_the_same(client: FlaskClient, cast: Cast) -> None:
    now = clock.now()
    kim = make_person("Kim", now)
    old = code_of(kim, now - timedelta(days=8)) if open_invites(kim, now) else "0" * 12
    make_invite(kim, now - timedelta(days=8))
    own, withdrawn = code_of(cast.ines, now), code_of(kim, now)
    services_invites.withdraw(kim, open_invites(kim, now)[0].id, now)
    elsewhere = mailed_code(make_invite(kim, now, address="jonas@example.org"))
    used = code_of(kim, now)
    lou = make_person("Lou", now)
    accept(used, lou, now)
    sign_in(client, cast.ines, now)
    codes = [own, withdrawn, elsewhere, used, old, "K7Q2-9MXD-4T0B", "nonsense"]
    answers = [client.get(f"/join/{code}") for code in codes]
    assert {answer.status_code for answer in answers} == {404}
    assert len({body(answer) for answer in answers}) == 1
    assert {client.post(f"/join/{code}").status_code for code in codes} == {404}
    assert couple_or_none(cast.ines) is None


def test_L4_accepting_needs_an_own_account_and_one_press(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    code = code_of(cast.ines, clock.now())
    page = client.get(f"/join/{code}")
    assert page.status_code == 200
    for words in (
        "Ines has started a page",
        "This server is run by the person who set it up at 127.0.0.1",
        "Nothing is shared until you choose to",
        "Declining tells nobody",
        "It is for adults",
        'href="/signup"',
    ):
        assert words in page.text
    assert client.post(f"/join/{code}").location == "/signin"
    sam = make_person("Sam", clock.now())
    from tests.accounts.pages import post
    from tests.cast import PASSWORD

    led = post(client, "/signin", address="sam@example.org", password=PASSWORD)
    assert led.location == f"/join/{code}"
    assert "Join with Ines" in client.get(f"/join/{code}").text
    assert couple_or_none(sam) is None
    assert client.post(f"/join/{code}").location == "/doc"
    assert "You and Ines are linked." in client.get("/doc").text
    db.session.rollback()
    assert couple_of(sam).partner.name == "Ines"


def test_L4_the_invite_waits_in_the_pocket_through_the_first_page(
    client: FlaskClient, cast: Cast
) -> None:
    from tests.accounts.test_leaving_now import not_started

    code = code_of(make_person("Sam", clock.now()), clock.now())
    not_started(cast.ines)
    sign_in(client, cast.ines, clock.now())
    client.get(f"/join/{code}")
    assert client.post(f"/join/{code}").location == "/start"
    assert client.post("/start").location == f"/join/{code}"
    assert client.post(f"/join/{code}").location == "/doc/mine/new"


def test_L4_who_wrote_first_and_joins_later_is_not_led_to_a_first_need_again(
    client: FlaskClient, cast: Cast
) -> None:
    from tests.accounts.test_leaving_now import not_started

    code = code_of(make_person("Sam", clock.now()), clock.now())
    not_started(cast.ines)
    sign_in(client, cast.ines, clock.now())
    client.get(f"/join/{code}")
    assert client.post("/start").location == f"/join/{code}"
    # The invitation waits while they write.
    assert client.get("/doc/mine/new").status_code == 200
    assert client.post(f"/join/{code}").location == "/doc"


def test_L4_who_declines_and_is_at_home_by_then_is_not_new_to_a_later_invitation(
    client: FlaskClient, cast: Cast
) -> None:
    from tests.accounts.test_leaving_now import not_started

    first, second = (
        code_of(make_person(name, clock.now()), clock.now()) for name in ("Sam", "Lou")
    )
    not_started(cast.ines)
    sign_in(client, cast.ines, clock.now())
    client.get(f"/join/{first}")
    client.post("/start")
    assert client.post(f"/join/{first}/decline").location == DECLINED
    client.get("/doc")
    client.get(f"/join/{second}")
    assert client.post(f"/join/{second}").location == "/doc"


def test_S6_the_operator_is_named_where_one_is_set(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    from dataclasses import replace

    app.extensions["settings"] = replace(app.extensions["settings"], operator="Ada of No. 9")
    page = client.get(f"/join/{code_of(cast.ines, clock.now())}").text
    assert "This server is run by Ada of No. 9." in page


def test_A4_before_anything_is_answered_the_invitee_reads_what_who_runs_the_server_can_do(
    client: FlaskClient, cast: Cast
) -> None:
    page = client.get(f"/join/{code_of(cast.ines, clock.now())}").text
    assert "This server is run by the person who set it up at 127.0.0.1." in page
    assert "can technically read what is stored on it." in page
    assert page.index("can technically read") < page.index("Start your page")


def test_declining_and_blocking_need_no_account_and_tell_nobody(
    client: FlaskClient, cast: Cast
) -> None:
    now = clock.now()
    code = rules.in_groups(mailed_code(make_invite(cast.ines, now, address="x@example.org")))
    assert "no more invitations to my address" in client.get(f"/join/{code}").text
    for wish in ("one", "all"):
        assert db.session.query(Block).count() == 0
        assert client.post(f"/join/{code}/decline", data={"decision": wish}).location == DECLINED
    assert db.session.query(Block).count() == 1
    assert "Nobody is told" in client.get(DECLINED).text
    sign_in(client, cast.ines, now)
    page = client.get("/settings/link").text
    assert "Not joined yet. You can write meanwhile; nothing is shown." in page
    assert code not in page and "Mailed to x@example.org" in page


def test_E6_a_mailed_invite_is_declined_by_a_choice_and_a_press(
    client: FlaskClient, cast: Cast
) -> None:
    now = clock.now()
    code = rules.in_groups(mailed_code(make_invite(cast.ines, now, address="jonas@example.org")))
    sign_in(client, cast.jonas, now)
    for wrong in ({}, {"decision": "nonsense"}):
        asked = client.post(f"/join/{code}/decline", data=wrong)
        assert asked.status_code == 422 and "Pick one first" in asked.text
        assert 'name="decision"' in asked.text and "checked" not in asked.text
        assert client.get(f"/join/{code}").status_code == 200
    assert client.post(f"/join/{code}/decline", data={"decision": "all"}).location == DECLINED
    assert client.get(f"/join/{code}").status_code == 404, "who was asked finds it gone"


def test_L3_an_invite_handed_over_is_declined_by_one_press(client: FlaskClient, cast: Cast) -> None:
    code = code_of(cast.ines, clock.now())
    assert 'name="decision"' not in client.get(f"/join/{code}").text
    assert client.post(f"/join/{code}/decline").location == DECLINED
    assert client.post(f"/join/{code}/decline", data={"decision": "all"}).status_code == 404
    assert db.session.query(Block).count() == 0


def test_a_linked_person_makes_no_invite_and_accepts_none(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    code = code_of(cast.ines, clock.now())
    with pytest.raises(AlreadyLinked):
        make_invite(cast.maya, clock.now())
    sign_in(client, cast.maya, clock.now())
    assert "You’re linked already." in client.get(f"/join/{code}").text
    assert client.post(f"/join/{code}").status_code == 409
    assert couple_of(cast.maya).partner.name == "Jonas"


def test_guessing_codes_is_slowed_down_by_source(client: FlaskClient, cast: Cast) -> None:
    codes = [client.get(f"/join/{number:012d}").status_code for number in range(35)]
    assert codes[:30] == [404] * 30 and set(codes[30:]) == {429}
    other = {"REMOTE_ADDR": "203.0.113.7"}
    assert client.get("/join/000000000000", environ_base=other).status_code == 404


def test_the_pages_for_making_mailing_and_withdrawing(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.ines, clock.now())
    assert client.post("/settings/link/new").status_code == 303
    page = client.get("/settings/link").text
    [code] = re.findall(r"/join/([0-9A-Z-]{14})<", page)
    bad = client.post("/settings/link/mail", data={"address": "ines@example.org"})
    assert bad.status_code == 422 and "That is your own address." in bad.text
    good = client.post("/settings/link/mail", data={"address": "kim@example.org"})
    assert good.status_code == 303
    typed = client.post("/join", data={"code": "not a code"})
    assert typed.status_code == 422 and 'value="not a code"' in typed.text
    [first, *_more] = re.findall(r"/settings/link/([\w-]{22})/withdraw", page)
    sign_in(client, cast.maya, clock.now())
    assert client.post(f"/settings/link/{first}/withdraw").status_code == 404
    entered = client.post("/join", data={"code": code.lower()})
    assert entered.location == f"/join/{code}"
    sign_in(client, cast.ines, clock.now())
    assert client.post(f"/settings/link/{first}/withdraw").status_code == 303
    assert code not in client.get("/settings/link").text


def test_guessing_codes_in_the_same_home_does_not_keep_a_person_out(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    guessing = app.test_client()
    assert [guessing.get(f"/join/{n:012d}").status_code for n in range(31)][-1] == 429
    code = code_of(make_person("Sam", clock.now()), clock.now())
    sign_in(client, cast.ines, clock.now())
    assert client.get(f"/join/{code}").status_code == 200
    for number in range(31):
        last = client.get(f"/join/{number:012d}", environ_base={"REMOTE_ADDR": f"10.0.0.{number}"})
    assert last.status_code == 429, "a person is counted wherever they are"
