"""What happened to an account, in words for its person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from couples.accounts.events.services import EventView, Kind

WORDS: dict[Kind, LazyString] = {
    "signed_in": _l("Signed in"),
    "signed_out_elsewhere": _l("Signed out on other browsers"),
    "password_changed": _l("Password changed"),
    "password_reset": _l("New password set through a letter"),
    "address_asked": _l("New email address asked for"),
    "address_changed": _l("Email address changed"),
    "passkey_added": _l("Passkey added"),
    "passkey_removed": _l("Passkey removed"),
    "passkey_refused": _l("A passkey refused: it may have been copied"),
    "codes_on": _l("Sign-in codes switched on"),
    "codes_off": _l("Sign-in codes switched off"),
    "codes_off_by_operator": _l("Sign-in codes switched off by whoever runs this server"),
    "codes_wrong": _l("Right password, wrong sign-in code"),
    "reset_codes_wrong": _l("Letter for a new password opened, wrong sign-in code"),
    "recovery_codes_made": _l("New recovery codes made"),
    "recovery_code_used": _l("A recovery code used"),
    "notes_locked": _l("Notes locked with your password"),
    "notes_unlocked": _l("Notes no longer locked"),
    "exported": _l("Your copy downloaded"),
    "taken_in": _l("A copy from another server taken in"),
    "erasing_planned": _l("Erasing planned"),
    "erasing_taken_back": _l("Erasing taken back"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, in words."""

    words: LazyString
    happened_at: datetime


def told(events: Iterable[EventView]) -> list[Told]:
    """Put what happened into words."""
    return [Told(WORDS[one.kind], one.happened_at) for one in events]
