"""Codes in a real browser: set up, signed out, in again by code, then by a recovery code."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pyotp import TOTP

from couples.accounts.services import sessions_of
from tests.accounts.second_step import code_of, turn_on
from tests.cast import make_person
from tests.journeys.road import sign_in, sign_out
from tests.journeys.story import PASSWORD, Reader, Story

pytestmark = pytest.mark.browser


def shown(story: Story, secret: str) -> str:
    """Return what an authenticator app shows; time has passed since the code before."""
    story.move_on(seconds=61)
    return TOTP(secret.replace(" ", "")).at(story.service.now())


def prove(reader: Reader) -> None:
    """Type the password once more where it is asked for."""
    if "/settings/prove" in reader.page.url:
        reader.write("Your password", PASSWORD)
        reader.press("Go on")


def set_up(reader: Reader) -> tuple[str, list[str]]:
    """Turn codes on from the settings; return the secret and the recovery codes."""
    reader.watch.expected = {422}
    reader.open("/settings")
    reader.follow("Sign-in codes")
    prove(reader)
    reader.look("codes-off")
    reader.press("Set it up")
    reader.at("/settings/codes/app")
    secret = reader.page.locator("#key").inner_text()
    square = reader.page.get_by_role("img", name=re.compile("square to scan"))
    box = square.bounding_box()
    assert box is not None and box["width"] >= 200
    reader.look("codes-app")
    reader.write("Code from your app", "000000")
    reader.press("Turn codes on")
    reader.sees("That isn’t the code.")
    reader.show("codes-app-wrong")
    code = shown(reader.story, secret)
    reader.write("Code from your app", f"{code[:3]} {code[3:]}")
    reader.press("Turn codes on")
    reader.sees("Codes are on")
    reader.look("codes-recovery")
    codes = reader.page.locator("#recovery-codes").inner_text().split()
    assert len(codes) == 10
    expect(reader.page.get_by_role("button", name="Copy them")).to_have_count(int(reader.scripts))
    reader.follow("I have them")
    reader.sees("10 recovery codes are left.")
    reader.look("codes-on")
    return secret, codes


def to_the_code(reader: Reader, name: str) -> None:
    """Type address and password; a code is asked for."""
    sign_in(reader, name)
    reader.at("/signin/code")


@pytest.mark.parametrize("scripts", [True, False])
def test_6_3_3_codes_are_set_up_and_sign_in_with_and_without_scripts(
    signed_story: Story, scripts: bool
) -> None:
    story, name = signed_story, f"Codes{scripts}"
    with story.service.inside():
        make_person(name, story.service.now())
    reader = story.reader(scripts=scripts)
    sign_in(reader, name)
    secret, codes = set_up(reader)
    story.letter(f"{name.lower()}@example.org", "How you sign in was changed")

    sign_out(reader)
    to_the_code(reader, name)
    reader.look("codes-sign-in")
    reader.write("Code from your app", "000000")
    reader.press("Sign in")
    reader.sees("That code isn’t right, or was used.")
    reader.show("codes-sign-in-wrong")
    reader.write("Code from your app", shown(story, secret))
    reader.page.keyboard.press("Enter")
    expect(reader.page).not_to_have_url(re.compile("/signin"))

    sign_out(reader)
    to_the_code(reader, name)
    reader.write("Or a recovery code", codes[0].upper())
    reader.press("Sign in")
    reader.open("/settings/codes")
    reader.sees("9 recovery codes are left.")

    reader.follow("Make new recovery codes")
    reader.look("codes-renew")
    reader.follow("Keep the ones I have")
    reader.follow("Turn codes off")
    reader.look("codes-turn-off")
    reader.press("Turn codes off")
    reader.at("/settings")


def test_P2_the_door_takes_a_code(signed_story: Story) -> None:
    story = signed_story
    story.looked_at.add("signin")
    with story.service.inside():
        person_id = make_person("Doorcodes", story.service.now())
    reader = story.reader()
    sign_in(reader, "Doorcodes")
    story.move_on(minutes=11)
    with story.service.inside():
        (session,) = sessions_of(person_id, story.service.now(), here="")
        turn_on(person_id, story.service.now(), here=session.id)

    reader.open("/settings/codes")
    reader.look("codes-prove")
    with story.service.inside():
        code = code_of(person_id, story.service.now())
    reader.write("Code from your app", code)
    reader.press("Go on with a code")

    reader.at("/settings/codes")
