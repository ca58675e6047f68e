"""Reading single variables, and refusing nonsense with a sentence that names the variable.

The supervisor reads two of them: what takes a library for cryptography is read by settings.py.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlsplit

from couples import database_address
from couples.famous_secrets import is_famous

HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")
LONGEST_NUMBER = 9
LEAST_SECRET = 32
STARTTLS = {"0": False, "1": True}


class BadSetting(Exception):
    """A setting that cannot be used; its text names the variable and says what to do."""


def is_loopback_host(host: str) -> bool:
    """Whether a host name or address stays on this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_ipv6(host: str) -> bool:
    """Whether this is an IPv6 address, without brackets."""
    try:
        return ipaddress.ip_address(host).version == 6
    except ValueError:
        return False


class Reader:
    """Reads single variables; NAME_FILE stands for the file that holds a secret NAME."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Remember the environment."""
        self.environ = environ

    def text(self, name: str, default: str) -> str:
        """Read one line of text."""
        found = self.environ.get(name, "").strip()
        if not found:
            return default
        if not found.isprintable():
            raise BadSetting(f"{name} must be one line of text.")
        return found

    def secret(self, name: str) -> str | None:
        """Read a secret from NAME, or from the file named by NAME_FILE; empty means not set."""
        given = self.environ.get(name, "").strip() or None
        path = self.environ.get(f"{name}_FILE", "").strip()
        if not path:
            return given
        try:
            kept = Path(path).read_text(encoding="utf-8").strip() or None
        except (OSError, ValueError) as problem:
            raise BadSetting(f"{name}_FILE names {path!a}, which cannot be read.") from problem
        if given and kept:
            raise BadSetting(f"{name} and {name}_FILE are both set: keep one of them.")
        return given or kept

    def strong_secret(self, name: str) -> str | None:
        """Read a secret that others send to prove themselves; nobody may guess it."""
        found = self.secret(name)
        if found is None:
            return None
        weak = len(found) < LEAST_SECRET or len(set(found)) < 8 or is_famous(found)
        if weak or not found.isascii() or not found.isprintable():
            raise BadSetting(f"{name} is short or well known: take 32 random characters.")
        return found

    def data_dir(self) -> Path:
        """Read the folder for everything that is kept."""
        return Path(self.text("DATA_DIR", "var")).absolute()

    def path(self, name: str) -> Path | None:
        """Read the path of a file."""
        return Path(found) if (found := self.text(name, "")) else None

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Read a whole number within bounds."""
        found = self.text(name, str(default))
        is_number = found.isascii() and found.isdigit() and len(found) <= LONGEST_NUMBER
        if not is_number or not least <= int(found) <= most:
            raise BadSetting(f"{name} must be a whole number from {least} to {most}.")
        return int(found)

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """Read one of a few words; the first is the default."""
        found = self.text(name, choices[0])
        if found not in choices:
            raise BadSetting(f"{name} must be {' or '.join(choices)}.")
        return found

    def host(self, name: str, default: str) -> str:
        """Read a host name or an address of this machine."""
        found = self.text(name, default)
        if not is_ipv6(found) and not HOST.fullmatch(found.lower()):
            raise BadSetting(f"{name} must be an address such as 127.0.0.1 or a host name.")
        return found

    def address(self, name: str, found: str, schemes: Collection[str]) -> SplitResult:
        """Take an address apart; refuse one whose scheme, host or port cannot be."""
        wanted = " or ".join(f"{scheme}://" for scheme in sorted(schemes))
        parts = _parts(name, found)
        if parts.scheme not in schemes or not found[len(parts.scheme) :].startswith("://"):
            raise BadSetting(f"{name} must begin with {wanted}.")
        host = parts.hostname or ""
        if host and not is_ipv6(host) and not HOST.fullmatch(host):
            raise BadSetting(
                f"{name} names no usable host: only letters, digits, hyphens and dots; special "
                "characters in a password are written as %40 and the like."
            )
        return parts

    def server(self, name: str, schemes: Collection[str]) -> tuple[str, SplitResult] | None:
        """Read the secret address of a server; its host must be named."""
        found = self.secret(name)
        if found is None:
            return None
        parts = self.address(name, found, schemes)
        if not parts.hostname:
            raise BadSetting(f"{name} must name a host.")
        return found, parts

    def redis_url(self) -> str | None:
        """Read where the queue is."""
        found = self.server("REDIS_URL", {"redis", "rediss"})
        return found[0] if found else None

    def smtp_url(self) -> str | None:
        """Read where the mail server is; one word may stand behind it, about STARTTLS."""
        found = self.server("SMTP_URL", {"smtp", "smtps"})
        if found is None:
            return None
        address, parts = found
        words = parse_qsl(parts.query, keep_blank_values=True)
        known = [name == "starttls" and value in STARTTLS for name, value in words]
        allowed = 1 if parts.scheme == "smtp" else 0
        if parts.path.strip("/") or parts.fragment or not all(known) or len(words) > allowed:
            raise BadSetting(
                "SMTP_URL must hold nothing behind the port but, with smtp://, ?starttls=1 "
                "(always) or ?starttls=0 (never)."
            )
        return address

    def public_url(self, web_host: str) -> str:
        """Read the address under which people reach the service, without a closing slash."""
        port = self.number("WEB_PORT", 8000, 0, 65535)
        found = self.text("PUBLIC_URL", "")
        if not found:
            return f"http://{'localhost' if is_ipv6(web_host) else '127.0.0.1'}:{port}"
        parts = self.address("PUBLIC_URL", found, {"http", "https"})
        if not parts.hostname:
            raise BadSetting("PUBLIC_URL must be an address such as https://pages.example.org.")
        if is_ipv6(parts.hostname):
            raise BadSetting("PUBLIC_URL must name a host; an IPv6 address cannot stand there.")
        if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
            raise BadSetting("PUBLIC_URL must hold a scheme and a host, and nothing behind them.")
        return f"{parts.scheme}://{parts.netloc.lower()}"

    def exit_url(self) -> str:
        """Read where Quick exit leads; the bundled neutral page where nothing is set."""
        found = self.text("EXIT_URL", "https://www.bbc.co.uk/weather")
        if found == "bundled":
            return found
        parts = _parts("EXIT_URL", found)
        if parts.scheme != "https":
            raise BadSetting("EXIT_URL must begin with https:// or be the word bundled.")
        if not self.address("EXIT_URL", found, {"https"}).hostname or "@" in parts.netloc:
            raise BadSetting("EXIT_URL must name a host, and nobody's password.")
        return found

    def mail_from(self) -> str:
        """Read the sender: exactly one address."""
        import email_validator

        found = self.text("MAIL_FROM", "pages@localhost")
        # A machine of its own is no place mail comes from, but captured letters may say so.
        probe = f"{found}.example.org" if found.endswith("@localhost") else found
        try:
            email_validator.validate_email(probe, check_deliverability=False, allow_smtputf8=False)
        except email_validator.EmailNotValidError as problem:
            raise BadSetting(
                "MAIL_FROM must be exactly one address that can get mail: pages@example.org."
            ) from problem
        return found

    def database_url(self, data_dir: Path) -> str:
        """Read the database's address, with the drivers this project uses."""
        found = self.secret("DATABASE_URL") or f"sqlite:///{data_dir / 'pages.db'}"
        scheme, _, rest = found.partition("://")
        if scheme in {"sqlite", "sqlite+pysqlite"}:
            return f"sqlite:///{_sensible(database_address.file_of, rest)}"
        schemes = {"postgres", "postgresql", "postgresql+psycopg"}
        if scheme not in schemes:
            raise BadSetting("DATABASE_URL must begin with postgresql:// or sqlite:///.")
        parts = self.address("DATABASE_URL", found, schemes)
        # A socket's folder stands behind the question mark.
        hosts = parts.hostname or dict(parse_qsl(parts.query)).get("host")
        if not hosts or not parts.path.strip("/") or parts.fragment:
            raise BadSetting("DATABASE_URL must read postgresql://user:password@host:port/name.")
        return f"postgresql+psycopg://{_sensible(database_address.encrypted, parts, rest)}"

    def secret_key(self) -> str:
        """Read the key that signs cookies and links."""
        found = self.secret("SECRET_KEY")
        if found is None:
            raise BadSetting("SECRET_KEY is missing: set it, or let ./run make one.")
        if len(found) < 32 or len(set(found)) < 8 or is_famous(found):
            raise BadSetting("SECRET_KEY is short or well known: take 32 random characters.")
        return found


def _sensible(read: Callable[..., object], *given: object) -> object:
    try:
        return read(*given)
    except ValueError as problem:
        raise BadSetting(str(problem)) from problem


def _parts(name: str, found: str) -> SplitResult:
    """Split an address; what a browser or a driver would read in another way is refused."""
    if not found.isascii() or not found.isprintable() or " " in found or "\\" in found:
        raise BadSetting(f"{name} must be one address of plain characters, without spaces.")
    try:
        parts = urlsplit(found)
        is_usable = parts.port != 0 and not parts.netloc.endswith(":")
    except ValueError as problem:
        raise BadSetting(f"{name} has a host or port that cannot be.") from problem
    if not is_usable:
        raise BadSetting(f"{name} has a host or port that cannot be.")
    return parts
