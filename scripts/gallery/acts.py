"""What happens before a page is asked for, or behind its back: the product's own services."""

from __future__ import annotations

from datetime import timedelta

from pyotp import TOTP

from couples import clock, tokens
from couples.accounts import services as sessions
from couples.accounts import services_passwords, services_signup
from couples.accounts.addresses import index_of
from couples.accounts.codes import services as codes
from couples.accounts.models import (
    AddressChange,
    Authenticator,
    LoginSession,
    Passkey,
    Person,
    Reset,
    SignUp,
)
from couples.accounts.moving import services as moving
from couples.accounts.passkeys import services_asserting
from couples.accounts.personal_key import services as personal_key
from couples.accounts.personal_key import services_open
from couples.db import db, new_id, transaction
from couples.demo import story as told
from couples.mail.models import SuppressionReason
from couples.mail.suppression import suppress
from couples.pairing import services_invites, services_leaving
from couples.pairing.models import Invite
from couples.privacy import services as notes
from couples.privacy import services_erasing
from couples.surveys.letters import services as services_choices
from couples.surveys.letters.services import Wishes
from couples.surveys.models import LetterChoices, Response
from gallery import story
from gallery.shapes import Act, World

KEY_OF_APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOUR = timedelta(hours=1)


def also(*acts: Act) -> Act:
    """Let several things happen, one after the other."""

    def done(world: World) -> None:
        for act in acts:
            act(world)

    return done


def asked_for_account(world: World) -> None:
    """Somebody has typed an address, and a letter is on its way."""
    services_signup.ask_for_account("maya@example.org", "en", world.now)
    asked = db.session.scalars(db.select(SignUp)).all()[-1]
    world.things["confirm"] = tokens.make("confirm", asked.id)


def asked_for_reset(world: World) -> None:
    """Maya has asked for a new password."""
    services_passwords.ask_for_reset("maya@example.org", world.now)
    asked = db.session.scalars(db.select(Reset)).all()[-1]
    world.things["reset"] = tokens.make("reset", asked.id)


def maya_there(world: World) -> None:
    """Maya has an account."""
    world.people["Maya"] = story.account("Maya")


def noor(world: World) -> None:
    """Somebody else has an account here."""
    world.people["Noor"] = story.account("Noor")


@transaction()
def newcomer(world: World) -> None:
    """Somebody has just confirmed and seen no page yet."""
    noor(world)
    db.session.get_one(Person, world.people["Noor"]).started_at = None


def invited(world: World) -> None:
    """Maya has made a link to hand over."""
    services_invites.make_invite(world.maya, world.now - HOUR)
    (invite,) = services_invites.open_invites(world.maya, world.now)
    world.things["code"], world.things["invite"] = invite.code or "", invite.id


def invited_thrice(world: World) -> None:
    """Maya has as many open invitations as there may be."""
    invited(world)
    mailed(world)
    services_invites.make_invite(world.maya, world.now)


def mailed(world: World) -> None:
    """Maya has had an invitation mailed."""
    invite_id = services_invites.make_invite(world.maya, world.now, address="jonas@example.org")
    code = db.session.scalars(db.select(Invite).where(Invite.id == invite_id)).one().code
    world.things["mailed"] = code


def withdrawn(world: World) -> None:
    """Maya has taken her invitation back."""
    invited(world)
    services_invites.withdraw(world.maya, world.things["invite"], world.now)


def left_by_jonas(world: World) -> None:
    """Jonas has ended the link."""
    services_leaving.end_link(world.jonas, world.now - HOUR)


def signed_out(world: World) -> None:
    """Every session of Maya's ends, while a page stands open."""
    sessions.end_sessions(world.maya, world.now)


def aged(world: World) -> None:
    """It is long since Maya has proved who she is."""
    later = world.now - timedelta(days=20)
    db.session.execute(db.update(LoginSession).values(proved_at=later))
    db.session.commit()


@transaction()
def with_codes(world: World) -> None:
    """Maya types a code of an app to sign in, and keeps ten others on paper."""
    _authenticator(world)
    typed = TOTP(KEY_OF_APP).at(world.now)
    if codes.confirm(world.maya, typed, here="", now=world.now) is None:
        raise RuntimeError("her codes could not be turned on")


@transaction()
def codes_begun(world: World) -> None:
    """Maya has begun to set codes up."""
    _authenticator(world)


def _authenticator(world: World) -> None:
    row = Authenticator(person_id=world.maya, secret=KEY_OF_APP, made_at=world.now)
    db.session.add(row)
    db.session.flush()


@transaction()
def with_passkey(world: World) -> None:
    """Maya has a passkey; nobody holds the key to it."""
    kept = {"id": "AA", "public_key": services_asserting.NOBODYS_KEY, "transports": ["internal"]}
    row = Passkey(
        person_id=world.maya, credential_index=services_asserting.index_of("AA"),
        credential=kept, label="My phone", sign_count=0, added_at=world.now - timedelta(days=40),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    world.things["passkey"] = row.id


def moving_address(world: World) -> None:
    """Maya has typed another address."""
    moving.ask_for_address(world.maya, "maya.lindqvist@example.org", world.now)
    asked = db.session.scalars(db.select(AddressChange)).all()[-1]
    world.things["address"] = tokens.make("address", asked.id)


@transaction()
def unreached(world: World) -> None:
    """Nothing arrives at Maya's address any more."""
    suppress(index_of("maya@example.org"), SuppressionReason.NO_MAILBOX, world.now)
    db.session.get_one(Person, world.maya).returned_at = world.now


def locked(world: World) -> None:
    """Maya's notes are locked with her password, and open nowhere."""
    made = personal_key.make(world.maya, told.PASSWORD)
    if made is None or not personal_key.keep(made, world.now):
        raise RuntimeError("her notes could not be locked")


def erasing(world: World) -> None:
    """Maya has chosen to be erased in seven days."""
    services_erasing.plan(world.maya, world.now)


def a_note(world: World) -> None:
    """Maya has written a note."""
    note_id = new_id()
    words = "What I’d like to say on Sunday: not the list, but that I miss laughing with him."
    notes.save_note(world.maya, note_id, words, revision=0, may_begin=True, now=world.now - HOUR)
    world.things["note"] = note_id


def note_elsewhere(world: World) -> None:
    """Her note is saved in another tab."""
    words = "Say it on Sunday, before the list: I miss laughing with you."
    note_id = world.things["note"]
    notes.save_note(world.maya, note_id, words, revision=1, may_begin=False, now=world.now)


def invited_by_noor(world: World) -> None:
    """Somebody else has made an invitation."""
    noor(world)
    services_invites.make_invite(world.people["Noor"], world.now)
    (invite,) = services_invites.open_invites(world.people["Noor"], world.now)
    world.things["code"] = invite.code or ""


def stop_token(world: World) -> None:
    """Maya has a letter with a link that stops letters."""
    services_choices.save_letters(world.maya, Wishes(None, None, False, False, False), world.now)
    mine = db.select(LetterChoices).where(LetterChoices.person_id == world.maya)
    choices = db.session.scalars(mine).one()
    world.things["stop"] = tokens.make("stop", choices.id, choices.generation)


def week_token(world: World) -> None:
    """Maya has the letter that says a page is open."""
    mine = db.select(Response).where(
        Response.person_id == world.maya, Response.round_id == world.things["round"]
    )
    response = db.session.scalars(mine).one()
    world.things["week token"] = tokens.make("week", response.id, response.generation)


def a_moment(world: World) -> None:
    """A few seconds pass, as a person takes them."""
    world.set_clock(clock.now() + timedelta(seconds=5))


def notes_close(world: World) -> None:
    """Maya's notes lock themselves, in every browser."""
    services_open.close(world.maya)
