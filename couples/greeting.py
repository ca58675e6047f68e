"""What the operator reads when the service is up, and again in doctor: what is set, what is not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from couples.database_address import sqlite_file
from couples.folder import LAST_BACKUP
from couples.settings import Settings
from couples.text import in_words

# As long as one night may be missed.
FRESH = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to decide before other people use the service; the next step where it is open."""

    name: str
    is_set: bool
    how: str
    step: str
    # Whether it can be told from here; what cannot is taken as set, and is not said to be.
    is_seen: bool = True

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        return ("set" if self.is_set else "not yet") if self.is_seen else "unseen"


def welcome(settings: Settings, now: datetime) -> str:
    """Return the greeting of the first start."""
    return "\n".join(
        [
            "",
            f"Welcome. Open {settings.public_url} in a browser; Ctrl-C stops everything.",
            f"Everything is kept in {settings.data_dir}.",
            "",
            *overview(settings, now),
        ]
    )


def again(settings: Settings, now: datetime) -> str:
    """Return the one line of every later start."""
    rest = len(missing(settings, now)) - 1
    more = f" ({rest} more: ./run doctor)" if rest > 0 else ""
    return f"{next_step(settings, now)}{more}"


def overview(settings: Settings, now: datetime) -> list[str]:
    """Return the list as it is printed: one line each, then what to do next."""
    rows = [f"  {one.name:<10}{one.word:<10}{one.how}" for one in points(settings, now)]
    return [*rows, "", next_step(settings, now), ""]


def next_step(settings: Settings, now: datetime) -> str:
    """Return the first thing to do, or that there is none."""
    for one in missing(settings, now):
        return f"Next: {one.step}"
    backups = _backups(settings, now)
    rest = "Everything" if backups.is_seen else "Everything else"
    return f"{rest} is set. Backups: {backups.how}."


def missing(settings: Settings, now: datetime) -> list[Point]:
    """Return what is open, in the order in which it is best done."""
    return [one for one in points(settings, now) if not one.is_set]


def points(settings: Settings, now: datetime) -> list[Point]:
    """Return everything an operator decides before other people use the service."""
    return [
        _address(settings), _https(settings), _operator(settings), _mail(settings),
        _backups(settings, now),
    ]  # fmt: skip


def _address(settings: Settings) -> Point:
    return Point(
        "Address",
        not settings.is_loopback,
        "only this machine can open the pages" if settings.is_loopback else settings.public_url,
        "PUBLIC_URL, an address that others can open: docs/operating.md, step 1",
    )


def _https(settings: Settings) -> Point:
    if settings.is_https and settings.proxy_hops:
        how = "a proxy with a certificate stands in front"
    elif settings.is_https:
        how = "PROXY_HOPS is 0: all people look like one, the proxy"
    else:
        how = "passwords would travel in clear"
    return Point(
        "HTTPS",
        settings.is_https and settings.proxy_hops > 0,
        how,
        "HTTPS, a proxy with a certificate, and PROXY_HOPS: docs/operating.md, step 2",
    )


def _operator(settings: Settings) -> Point:
    return Point(
        "Operator",
        bool(settings.operator),
        settings.operator or "invited people cannot read who runs this server",
        "OPERATOR, your name and how to reach you: docs/operating.md, step 3",
    )


def _mail(settings: Settings) -> Point:
    how = f"letters are kept here{where(settings)}"
    if not settings.captures_letters:
        how = f"by {urlsplit(settings.smtp_url or '').hostname}, from {settings.mail_from}"
    step = "SMTP_URL and MAIL_FROM, so that letters leave: docs/operating.md, step 4"
    return Point("Mail", not settings.captures_letters, how, step)


def where(settings: Settings) -> str:
    """Return where captured letters can be read (rule S6)."""
    if settings.shows_captured_letters:
        return f"; read them at {settings.public_url}/letters"
    return f", and no page shows them; they lie in {settings.data_dir / 'letters'}"


def _backups(settings: Settings, now: datetime) -> Point:
    step = "./run backup, every night by the system's clock: docs/operating.md, step 5"
    if sqlite_file(settings.database_url) is None:
        how = "a database server's are not seen from here: docs/operating.md, Backups"
        return Point("Backups", True, how, step, is_seen=False)
    made_at = _last_backup(settings)
    if made_at is None:
        return Point("Backups", False, "none was ever made", step)
    age = now - made_at
    return Point("Backups", age < FRESH, f"the last one was made {in_words(age)} ago", step)


def _last_backup(settings: Settings) -> datetime | None:
    with suppress(OSError, ValueError):
        made_at = datetime.fromisoformat((settings.data_dir / LAST_BACKUP).read_text().strip())
        return made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)
    return None
