"""Private acts that need a key, a code, a file or a letter, each made here in software.

Each gives the routes that took it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO

from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import select

from couples import clock, tokens
from couples.accounts.codes.rules import bare
from couples.accounts.models import AddressChange, Authenticator
from couples.db import db
from tests.accounts.second_step import forget_last_step
from tests.accounts.test_passkeys import Device
from tests.cast import PASSWORD
from tests.two_worlds.twins import Twin

Done = Iterator[str]


def a_passkey(twin: Twin, name: str) -> Done:
    """Add a passkey, prove who one is with it, sign in with it elsewhere, and take it away."""
    here = Device(twin.browser(name))
    yield from taken(here.client, "/settings/passkeys/options", label="My phone")
    if here.add().status_code < 400:
        yield "/settings/passkeys"
    yield from taken(here.client, "/settings/prove/passkey/options")
    if here.send("prove", here.ask("prove")).status_code < 400:
        yield "/settings/prove/passkey"
    if Device(twin.app.test_client(), here.passkey).enter().status_code < 400:
        yield "/signin/passkey"


def codes(twin: Twin, name: str) -> Done:
    """Turn codes on and sign in elsewhere with one; make new ones for the worst case; end it."""
    here, elsewhere = twin.browser(name), twin.app.test_client()
    yield from taken(here, "/settings/codes")
    if here.get("/settings/codes/app").status_code == 200:
        yield from taken(here, "/settings/codes/app", code=_code(twin, name))
    typed = {"address": f"{name.lower()}@example.org", "password": PASSWORD}
    elsewhere.post("/signin", data=typed)
    if elsewhere.get("/signin/code").status_code == 200:
        yield from taken(elsewhere, "/signin/code", code=_code(twin, name))
    yield from taken(here, "/settings/codes/recovery")
    yield from taken(here, "/settings/codes/off")


def _code(twin: Twin, name: str) -> str:
    """Return what somebody's app shows; that the last one was used is a while ago."""
    with twin.app.app_context():
        forget_last_step(twin.person(name))
        mine = select(Authenticator).where(Authenticator.person_id == twin.person(name))
        secret = db.session.scalars(mine).one().secret
        return TOTP(bare(secret).upper()).at(clock.now())


def another_address(twin: Twin, name: str) -> Done:
    """Ask for another address and take it by the link in its letter."""
    here, person_id = twin.browser(name), twin.person(name)
    address = f"{name.lower()}-{clock.now():%H%M%S}@example.org"
    yield from taken(here, "/settings/address", address=address)
    with twin.app.app_context():
        query = select(AddressChange.id).where(AddressChange.person_id == person_id)
        asked = db.session.scalars(query.order_by(AddressChange.asked_at.desc())).first()
        token = tokens.make("address", asked or "")
    if here.post(f"/settings/address/{token}").status_code < 400:
        yield "/settings/address/<token>"


def out_and_in(twin: Twin, name: str) -> Done:
    """Take a copy of one's own words along, write on in it elsewhere, and take it in here."""
    here = twin.browser(name)
    copy = here.post("/settings/export", data={"kind": "json"})
    own = json.loads(copy.data)
    own["account"] |= {"name": "Somebody", "zone": "Pacific/Apia"}
    for note in own["notes"]:
        note["words"] = f"{note['words']} And more."
    for need in own["needs"]:
        need["request"] = f"{need['request']} And more."
    file = BytesIO(json.dumps(own).encode())
    sent = {"file": (file, "pages.json"), "settings": "y"}
    if copy.status_code == 200:
        yield "/settings/export"
    if here.post("/settings/import", data=sent).status_code == 200:
        yield "/settings/import"


def taken(client: FlaskClient, path: str, **typed: str) -> Done:
    """Send something; give the route where it was taken."""
    if client.post(path, data=typed).status_code < 400:
        yield path


WAYS: dict[str, Callable[[Twin, str], Done]] = {
    "a passkey": a_passkey,
    "codes": codes,
    "another address": another_address,
    "out and in": out_and_in,
}
