"""Passkeys in a real browser, with an authenticator in software that Chromium itself brings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import CDPSession, expect
from sqlalchemy import select

from couples.accounts.models import Person
from couples.db import db, key_ring, new_id
from tests.cast import make_person
from tests.journeys.story import PASSWORD, Reader, Story
from tests.world_trust import add_passkey

pytestmark = pytest.mark.browser

SIGN_IN = re.compile("^Sign in$")
BY_PASSKEY = "Sign in with a passkey"
NAME = "Name of the passkey"
CANCELLED = "No passkey was used: it was cancelled"
KIND = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def by_name(signed_story: Story) -> Iterator[Story]:
    """Return the story read at the name passkeys are bound to; its own address is a number."""
    service = signed_story.service
    numbers, service.url = service.url, f"http://localhost:{service.port}"
    yield signed_story
    service.url = numbers


class Device:
    """The authenticator of one browser."""

    def __init__(self, reader: Reader, **changes: object) -> None:
        self.session: CDPSession = reader.context.new_cdp_session(reader.page)
        self.session.send("WebAuthn.enable")
        made = self._send("addVirtualAuthenticator", options={**KIND, **changes})
        self.id = made["authenticatorId"]

    def _send(self, act: str, **values: object) -> dict[str, Any]:
        found: dict[str, Any] = self.session.send(f"WebAuthn.{act}", values)
        return found

    def verifies(self, is_right: bool) -> None:
        """Let the next fingerprint be the right one, or not."""
        self._send("setUserVerified", authenticatorId=self.id, isUserVerified=is_right)

    def credentials(self) -> list[dict[str, Any]]:
        """Return what it holds."""
        found: list[dict[str, Any]] = self._send("getCredentials", authenticatorId=self.id)[
            "credentials"
        ]
        return found


def signed_in(story: Story) -> tuple[Reader, str]:
    """Return the browser of somebody new who has signed in by password, and their address."""
    name = f"Key{new_id()[:6].replace('_', 'x').replace('-', 'y')}"
    with story.service.inside():
        make_person(name, story.service.now())
    reader = story.reader()
    reader.open("/signin")
    reader.write("Email", f"{name}@example.org")
    reader.write("Password", PASSWORD)
    reader.press(SIGN_IN)
    return reader, f"{name}@example.org"


def add(reader: Reader, name: str) -> None:
    """Add the device's passkey."""
    reader.write(NAME, name)
    with reader.page.expect_navigation():
        reader.page.get_by_role("button", name="Add a passkey").click()


def says(reader: Reader, sentence: str) -> None:
    """Expect a sentence by the button, which keeps the focus and can be pressed again."""
    form = reader.page.locator("form[data-passkey]")
    expect(form.get_by_role("alert")).to_contain_text(sentence)
    button = form.locator(".btn")
    expect(button).to_be_focused()
    expect(button).not_to_have_attribute("aria-disabled", "true")


def press_by_passkey(reader: Reader) -> None:
    """Press, where the page is not expected to be left."""
    reader.page.locator("form[data-passkey] .btn").click()


def leave_by_passkey(reader: Reader) -> None:
    """Press, where it leads on."""
    with reader.page.expect_navigation():
        press_by_passkey(reader)


def test_P2_a_passkey_is_added_signs_in_proves_and_is_removed(by_name: Story) -> None:
    reader, address = signed_in(by_name)
    device = Device(reader)
    reader.open("/settings/passkeys")
    add(reader, "My phone")
    reader.sees("Your passkey is added. Every other device is signed out.")
    [credential] = device.credentials()
    assert credential["rpId"] == "localhost" and credential["isResidentCredential"]

    reader.open("/settings")
    reader.press("Sign out")
    come_back(reader)
    by_name.service.move_to(by_name.service.now() + timedelta(minutes=11))
    reader.open("/settings/passkeys")
    reader.at(re.compile("/settings/prove"))
    leave_by_passkey(reader)
    reader.at("/settings/passkeys")

    reader.follow(re.compile("^Change"))
    reader.press("Remove this passkey")
    reader.sees("The passkey is removed.")
    reader.does_not_see("My phone")
    reader.context.clear_cookies()
    is_not_known(reader, address)


def come_back(reader: Reader) -> None:
    """Sign in with the passkey, to stay."""
    reader.open("/signin")
    reader.tick(re.compile("Keep me signed in"), role="checkbox")
    leave_by_passkey(reader)
    reader.at("/overview")
    kept = {one["name"]: one["expires"] for one in reader.context.cookies()}
    assert kept["pages"] > 0


def is_not_known(reader: Reader, address: str) -> None:
    """Be refused with a passkey that was removed, and go on with what was typed meanwhile."""
    reader.open("/signin")
    reader.write("Email", address)
    reader.watch.expected = {422}
    press_by_passkey(reader)
    says(reader, "That passkey isn’t known here, or it took longer than five minutes.")
    expect(reader.page.get_by_label("Email")).to_have_value(address)
    reader.write("Password", PASSWORD)
    reader.press(SIGN_IN)
    reader.at("/overview")


def test_its_pages_pass_every_look(by_name: Story) -> None:
    """No authenticator here: Chromium forgets it when the debugger's session for axe ends."""
    before = by_name.reader()
    before.open("/signin")
    before.look("signin-passkey")
    reader, address = signed_in(by_name)
    reader.open("/settings")
    reader.follow("Passkeys")
    reader.look("passkeys-none")
    with by_name.service.inside():
        index = key_ring().index(address.casefold())
        person_id = db.session.scalars(select(Person.id).filter_by(address_index=index)).one()
        add_passkey({"Maya": person_id}, {}, by_name.service.now())
    reader.open("/settings/prove")
    reader.look("prove-passkey")
    reader.open("/settings/passkeys")
    reader.look("passkeys")
    reader.follow(re.compile("^Change"))
    reader.look("passkey-one")
    reader.write(NAME, "The blue phone")
    reader.press("Save")
    reader.sees("The blue phone")


def wants_a_name(reader: Reader) -> None:
    """Press without a name: the field says so itself, as on pages that the server shows again."""
    field = reader.page.get_by_label(NAME)
    for _twice in range(2):
        press_by_passkey(reader)
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile("Only you see it.*Add a name you"))
    reader.show("passkey-without-name")


def test_each_failure_has_its_sentence_and_nothing_typed_is_lost(by_name: Story) -> None:
    reader, _address = signed_in(by_name)
    reader.watch.expected = {422, 429}
    device = Device(reader)
    reader.open("/settings/passkeys")
    wants_a_name(reader)
    reader.write(NAME, "My phone")
    device.verifies(False)
    press_by_passkey(reader)
    says(reader, CANCELLED)
    expect(reader.page.get_by_label(NAME)).not_to_have_attribute("aria-invalid", "true")
    assert not device.credentials()
    device.verifies(True)
    reader.context.set_offline(True)
    press_by_passkey(reader)
    says(reader, "There is no answer from here right now.")
    reader.watch.faults = [one for one in reader.watch.faults if "DISCONNECTED" not in one]
    reader.context.set_offline(False)
    expect(reader.page.get_by_label(NAME)).to_have_value("My phone")
    leave_by_passkey(reader)
    reader.sees("My phone")
    reader.write(NAME, "Once more")
    press_by_passkey(reader)
    says(reader, "There is a passkey for you on this device already.")
    reader.show("passkeys-there")

    other = by_name.reader()
    Device(other, hasUserVerification=False, isUserVerified=False)
    other.open("/signin")
    press_by_passkey(other)
    says(other, CANCELLED)
    other.show("signin-no-passkey")


def test_without_scripts_or_at_a_number_the_page_says_where_passkeys_work(
    signed_story: Story,
) -> None:
    service = signed_story.service
    name = f"http://localhost:{service.port}"
    reader = signed_story.reader()
    reader.open("/signin")
    reader.sees(f"Open this page at {name}")
    expect(reader.page.get_by_role("button", name=BY_PASSKEY)).to_have_count(0)
    numbers, service.url = service.url, name
    try:
        plain = signed_story.reader(scripts=False)
        plain.open("/signin")
        expect(plain.page.get_by_role("button", name=BY_PASSKEY)).to_have_count(0)
        plain.watch.check()
    finally:
        service.url = numbers
