"""What the script asks for and sends: JSON, at the doors of signing in and of proving."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from couples import alarms, clock
from couples.accounts import browser
from couples.accounts.blueprint import pages
from couples.accounts.door import way_on
from couples.accounts.passkeys import services_asserting, services_challenges, throttle
from couples.accounts.passkeys.place import site
from couples.accounts.passkeys.refusals import NotKnown, PasskeyRefused
from couples.accounts.passkeys.services_asserting import Answer
from couples.accounts.passkeys.services_challenges import Asked
from couples.web import open_door


@pages.errorhandler(PasskeyRefused)
def refused(problem: PasskeyRefused) -> ResponseReturnValue:
    """Tell the script why, in one sentence."""
    if isinstance(problem, NotKnown):
        alarms.told("a proof was refused")
    return jsonify(says=str(problem), field=problem.field), problem.status


def asked(question: Asked) -> ResponseReturnValue:
    """Return what the script hands to the browser, and the challenge it names when it answers."""
    return jsonify(challenge=question.id, options=question.options)


def answer() -> Answer:
    """Return what the script has sent."""
    return Answer(request.form.get("challenge", ""), request.form.get("credential", ""))


@pages.post("/signin/passkey/options")
@open_door
@throttle.asking
def passkey_to_sign_in() -> ResponseReturnValue:
    """Ask for any passkey: who somebody is, it alone says."""
    return asked(services_challenges.ask_to_sign_in(site(), clock.now()))


@pages.post("/signin/passkey")
@open_door
@throttle.failed_passkeys
def sign_in_by_passkey() -> ResponseReturnValue:
    """Begin a session for whoever's passkey has answered."""
    keep = bool(request.form.get("keep"))
    entered = services_asserting.sign_in(site(), answer(), keep=keep, now=clock.now())
    browser.enter(entered.token, entered.address, keep=keep)
    return jsonify(to=browser.onward())


@pages.post("/settings/prove/passkey/options")
@throttle.asking
def passkey_to_prove() -> ResponseReturnValue:
    """Ask for one of the reader's own passkeys."""
    return asked(services_challenges.ask_to_prove(current_user.person_id, site(), clock.now()))


@pages.post("/settings/prove/passkey")
@throttle.failed_passkeys
def prove_by_passkey() -> ResponseReturnValue:
    """Take a passkey for a proof, and lead on to the page that was wanted."""
    mine: Any = current_user
    token = services_asserting.prove(mine.person_id, mine.session_id, site(), answer(), clock.now())
    browser.go_on(token)
    return jsonify(to=way_on())
