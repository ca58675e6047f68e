"""Where passkeys work, and whether this page is there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, request
from flask_login import current_user

from couples.accounts.blueprint import pages
from couples.accounts.passkeys import services
from couples.accounts.passkeys.rules import Site, is_own_number, site_of
from couples.errors import NotFound
from couples.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """Where passkeys work; is the page that is read at that name, or at this machine's number?"""

    host: str
    origin: str
    here: bool
    by_number: bool


def site() -> Site:
    """Return where passkeys work, or raise NotFound where they work nowhere."""
    found = _site()
    if found is None:
        raise NotFound
    return found


@pages.app_template_global("passkey_place")
def place() -> Place | None:
    """Return where passkeys work, or None where they work nowhere."""
    found = _site()
    if found is None:
        return None
    read_at = urlsplit(f"//{request.host}").hostname or ""
    return Place(found.host, found.origin, read_at == found.host, is_own_number(read_at))


@pages.app_template_global("own_passkeys")
def own_passkeys() -> int:
    """Return how many passkeys the reader has."""
    return services.count_of(current_user.person_id) if current_user.is_authenticated else 0


def _site() -> Site | None:
    settings: Settings = current_app.extensions["settings"]
    return site_of(settings.public_url)
