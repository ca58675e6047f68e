"""The database's address: one meaning for a file, and encryption to another machine."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import SplitResult, parse_qsl

# Whatever encrypts asks for a certificate that holds; who wants no encryption says so.
SSL_MODES = ("verify-full", "verify-ca", "disable")


def is_elsewhere(host: str) -> bool:
    """Whether a host in it is another machine: neither this one nor a socket's folder."""
    from couples.settings_reader import is_loopback_host

    return bool(host) and not host.startswith("/") and not is_loopback_host(host)


def encrypted(parts: SplitResult, rest: str) -> str:
    """Encrypt to a database on another machine, whose certificate must hold (ASVS 12.3.2)."""
    words = dict(parse_qsl(parts.query))
    mode = words.get("sslmode")
    if mode not in {None, *SSL_MODES}:
        raise ValueError(f"DATABASE_URL: sslmode must be {' or '.join(SSL_MODES)}.")
    if mode or not is_elsewhere(parts.hostname or words.get("host", "")):
        return rest
    return f"{rest}{'&' if parts.query else '?'}sslmode=verify-full&sslrootcert=system"


def sqlite_file(url: str) -> Path | None:
    """Return the file of the embedded database; None where the address is a server's."""
    if not url.startswith("sqlite"):
        return None
    return Path(url.partition("///")[2].partition("?")[0])


def file_of(rest: str) -> Path:
    """Return the whole path of an SQLite file: one meaning, whoever opens it."""
    name = rest.removeprefix("/")
    path = Path(name).absolute()
    if rest == name or not name.strip("/") or ":memory:" in name or "?" in name or path.is_dir():
        raise ValueError("DATABASE_URL must name a file: sqlite:///path or sqlite:////whole/path.")
    return path
