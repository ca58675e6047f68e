"""The settings of one process: read once from the environment, typed, frozen, loud when wrong."""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from couples.sealing import KeyRing

FAMOUS_SECRETS = frozenset(
    "secret secretkey secret_key secret-key changeme change-me change_me dev development "
    "default password please-change-me you-will-never-guess mysecretkey supersecretkey "
    "super-secret super-secret-key insecure-secret-key flask-secret-key hardtoguessstring "
    "thisisasecret thisisthesecretkey dev-secret-key not-a-secret".split()
)


KEY_FILES = {"SECRET_KEY": "secret_key", "SEALING_KEYS": "sealing_keys"}


class BadSetting(Exception):
    """A setting that cannot be used; its text names the variable and says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides."""

    secret_key: str = field(repr=False)
    sealing: KeyRing
    database_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)
    smtp_url: str | None = field(repr=False)
    public_url: str
    mail_from: str
    product_name: str
    short_name: str
    operator: str
    exit_url: str
    proxy_hops: int
    web_host: str
    web_port: int
    web_processes: int
    web_threads: int
    worker_threads: int
    data_dir: Path
    lease_seconds: int
    visibility_seconds: int
    clock_file: Path | None
    help_lines_file: Path | None = None
    tick_seconds: int = 15

    @property
    def is_https(self) -> bool:
        """Whether the public address is an https one."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def public_host(self) -> str:
        """The host of the public address, without its port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_loopback(self) -> bool:
        """Whether the public address can be reached from this machine only."""
        return is_loopback_host(self.public_host)

    @property
    def captures_letters(self) -> bool:
        """Whether letters are kept on this machine instead of being sent (rule S6)."""
        return self.smtp_url is None

    @property
    def shows_captured_letters(self) -> bool:
        """Whether the page of captured letters exists (rule S6)."""
        return self.captures_letters and self.is_loopback

    @classmethod
    def from_process(cls) -> Settings:
        """Read the settings of this process, or end it with the sentence."""
        try:
            return cls.from_environ(process_environ())
        except BadSetting as problem:
            raise SystemExit(str(problem)) from None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read all settings, or raise BadSetting with a sentence that names the variable."""
        read = Reader(environ)
        data_dir = read.data_dir()
        settings = cls(
            secret_key=read.secret_key(),
            sealing=read.key_ring(),
            database_url=read.database_url(data_dir),
            redis_url=read.url("REDIS_URL", {"redis", "rediss", "unix"}),
            smtp_url=read.url("SMTP_URL", {"smtp", "smtps"}),
            public_url=read.public_url(),
            mail_from=read.text("MAIL_FROM", "pages@localhost"),
            product_name=read.text("PRODUCT_NAME", "Facing Pages"),
            short_name=read.text("SHORT_NAME", "Pages"),
            operator=read.text("OPERATOR", ""),
            exit_url=read.exit_url(),
            proxy_hops=read.number("PROXY_HOPS", 0, 0, 5),
            web_host=read.text("WEB_HOST", "127.0.0.1"),
            web_port=read.number("WEB_PORT", 8000, 0, 65535),
            web_processes=read.number("WEB_PROCESSES", 1, 1, 64),
            web_threads=read.number("WEB_THREADS", 4, 1, 64),
            worker_threads=read.number("WORKER_THREADS", 2, 1, 64),
            data_dir=data_dir,
            lease_seconds=read.number("LEASE_SECONDS", 300, 1, 3600),
            visibility_seconds=read.number("VISIBILITY_SECONDS", 300, 2, 3600),
            clock_file=read.path("TEST_CLOCK_FILE"),
            help_lines_file=read.path("HELP_LINES_FILE"),
            tick_seconds=read.number("TICK_SECONDS", 15, 1, 300),
        )
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse combinations that make no sense together."""
        if self.clock_file and not self.is_loopback:
            raise BadSetting("TEST_CLOCK_FILE moves time: it is for tests on a loopback address.")
        if not self.captures_letters and self.mail_from.endswith("@localhost"):
            raise BadSetting("MAIL_FROM must be an address that can receive mail: set it.")


def process_environ() -> dict[str, str]:
    """Return this process's environment; keys set nowhere are looked for beside the database."""
    environ = dict(os.environ)
    folder = Reader(environ).data_dir()
    for name, file in KEY_FILES.items():
        if not environ.get(name) and not environ.get(f"{name}_FILE") and (folder / file).exists():
            environ[f"{name}_FILE"] = str(folder / file)
    return environ


def is_loopback_host(host: str) -> bool:
    """Whether a host name or address stays on this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class Reader:
    """Reads single variables and refuses nonsense with a sentence."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Remember the environment; NAME_FILE stands for the file that holds NAME."""
        self.environ = environ

    def text(self, name: str, default: str) -> str:
        """Read one line of text."""
        found = self.environ.get(name, "").strip()
        if not found:
            return default
        if any(character in found for character in "\r\n\0"):
            raise BadSetting(f"{name} must be one line of text.")
        return found

    def secret(self, name: str) -> str | None:
        """Read a secret from NAME or from the file named by NAME_FILE."""
        path = self.environ.get(f"{name}_FILE", "").strip()
        if not path:
            return self.environ.get(name, "").strip() or None
        try:
            return Path(path).read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError) as problem:
            raise BadSetting(f"{name}_FILE names {path}, which cannot be read.") from problem

    def data_dir(self) -> Path:
        """Read the folder for everything that is kept."""
        return Path(self.text("DATA_DIR", "var")).absolute()

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Read a whole number within bounds."""
        found = self.text(name, str(default))
        if not found.isascii() or not found.isdigit() or not least <= int(found[:9]) <= most:
            raise BadSetting(f"{name} must be a whole number from {least} to {most}.")
        return int(found)

    def url(self, name: str, schemes: set[str]) -> str | None:
        """Read an address with one of the given schemes; secrets may come from NAME_FILE."""
        found = self.secret(name)
        if found is not None and urlsplit(found).scheme not in schemes:
            wanted = " or ".join(f"{scheme}://" for scheme in sorted(schemes))
            raise BadSetting(f"{name} must begin with {wanted}.")
        return found

    def public_url(self) -> str:
        """Read the address under which people reach the service, without a closing slash."""
        port = self.number("WEB_PORT", 8000, 0, 65535)
        found = self.text("PUBLIC_URL", f"http://127.0.0.1:{port}")
        parts = urlsplit(found)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise BadSetting("PUBLIC_URL must be an address such as https://pages.example.org.")
        if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
            raise BadSetting("PUBLIC_URL must hold a scheme and a host, and nothing behind them.")
        return f"{parts.scheme}://{parts.netloc}"

    def exit_url(self) -> str:
        """Read where Quick exit leads; the bundled neutral page where nothing is set."""
        found = self.text("EXIT_URL", "https://www.bbc.co.uk/weather")
        if found != "bundled" and urlsplit(found).scheme != "https":
            raise BadSetting("EXIT_URL must begin with https:// or be the word bundled.")
        return found

    def database_url(self, data_dir: Path) -> str:
        """Read the database's address, with the drivers this project uses."""
        found = self.secret("DATABASE_URL") or f"sqlite:///{data_dir / 'pages.db'}"
        scheme, _, rest = found.partition("://")
        if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
            return f"postgresql+psycopg://{rest}"
        if scheme in {"sqlite", "sqlite+pysqlite"} and rest.strip("/"):
            return f"sqlite://{rest}"
        raise BadSetting("DATABASE_URL must begin with postgresql:// or sqlite:///.")

    def secret_key(self) -> str:
        """Read the key that signs cookies and links."""
        found = self.secret("SECRET_KEY")
        if found is None:
            raise BadSetting("SECRET_KEY is missing: set it, or let ./run make one.")
        if len(found) < 32 or len(set(found)) < 8 or found.lower() in FAMOUS_SECRETS:
            raise BadSetting("SECRET_KEY is short or well known: take 32 random characters.")
        return found

    def key_ring(self) -> KeyRing:
        """Read the keys that seal what people write."""
        found = self.secret("SEALING_KEYS")
        if found is None:
            raise BadSetting("SEALING_KEYS is missing: restore it, or let ./run make it.")
        try:
            return KeyRing.parse(found)
        except ValueError as problem:
            raise BadSetting(f"SEALING_KEYS cannot be used: {problem}") from problem

    def path(self, name: str) -> Path | None:
        """Read the path of a file."""
        return Path(found) if (found := self.text(name, "")) else None


def new_secret_key() -> str:
    """Make a key for SECRET_KEY: 256 random bits."""
    return secrets.token_urlsafe(32)
