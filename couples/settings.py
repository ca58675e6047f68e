"""The settings of one process: read once from the environment, typed, frozen, loud when wrong."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from couples import help_lines as lines_of_help
from couples.environ import log_format, process_environ
from couples.help_lines import HelpLines
from couples.mail.sender_settings import DkimKey, read_dkim, read_returns_secret, read_verp
from couples.sealing import KeyRing
from couples.settings_reader import BadSetting, Reader, is_loopback_host

__all__ = [
    "BadSetting", "Reader", "Settings", "is_loopback_host", "log_format", "new_secret_key",
    "process_environ",
]  # fmt: skip


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
    verp: bool
    dkim: DkimKey | None
    returns_secret: str | None = field(repr=False)
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
    help_lines: HelpLines = field(repr=False)
    tick_seconds: int = 15
    mail_per_minute: int = 0
    mail_per_domain_per_minute: int = 0
    scales: bool = True
    prompts_file: Path | None = None
    # For how long browsers shall insist on HTTPS; 0: not at all.
    hsts_seconds: int = 31536000
    # How the log looks: text on a terminal and JSON elsewhere, or always the same.
    log_format: str = "auto"
    # What a monitor says to read the figures; without it there are none.
    metrics_token: str | None = field(default=None, repr=False)
    # The list of erased accounts, kept apart from backups (rule S5).
    erased_file: Path | None = None

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
        """Whether the page of captured letters exists (rule S6): nobody else may reach it."""
        alone = is_loopback_host(self.web_host) and not self.proxy_hops
        return self.captures_letters and self.is_loopback and alone

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
        web_host = read.host("WEB_HOST", "127.0.0.1")
        return cls(
            secret_key=read.secret_key(),
            sealing=read_key_ring(read),
            database_url=read.database_url(data_dir),
            redis_url=read.redis_url(),
            smtp_url=read.smtp_url(),
            public_url=read.public_url(web_host),
            mail_from=read.mail_from(),
            verp=read_verp(read, read.mail_from()),
            dkim=read_dkim(read),
            returns_secret=read_returns_secret(read),
            product_name=read.text("PRODUCT_NAME", "Facing Pages"),
            short_name=read.text("SHORT_NAME", "Pages"),
            operator=read.text("OPERATOR", ""),
            exit_url=read.exit_url(),
            proxy_hops=read.number("PROXY_HOPS", 0, 0, 5),
            web_host=web_host,
            web_port=read.number("WEB_PORT", 8000, 0, 65535),
            web_processes=read.number("WEB_PROCESSES", 1, 1, 64),
            web_threads=read.number("WEB_THREADS", 4, 1, 64),
            worker_threads=read.number("WORKER_THREADS", 2, 1, 64),
            data_dir=data_dir,
            lease_seconds=read.number("LEASE_SECONDS", 300, 1, 3600),
            visibility_seconds=read.number("VISIBILITY_SECONDS", 300, 2, 3600),
            clock_file=read.path("TEST_CLOCK_FILE"),
            help_lines=read_help_lines(read),
            tick_seconds=read.number("TICK_SECONDS", 15, 1, 300),
            mail_per_minute=read.number("MAIL_PER_MINUTE", 0, 0, 100_000),
            mail_per_domain_per_minute=read.number("MAIL_PER_DOMAIN_PER_MINUTE", 0, 0, 100_000),
            scales=read.choice("SCALES", ("csi", "off")) == "csi",
            prompts_file=read.path("PROMPTS_FILE"),
            hsts_seconds=read.number("HSTS_SECONDS", 31536000, 0, 63072000),
            log_format=read.choice("LOG_FORMAT", ("auto", "json", "text")),
            metrics_token=read.strong_secret("METRICS_TOKEN"),
            erased_file=read.path("ERASED_FILE") or data_dir / "erased",
        ).checked()

    def checked(self) -> Settings:
        """Refuse combinations that make no sense together."""
        if self.clock_file and not self.is_loopback:
            raise BadSetting("TEST_CLOCK_FILE moves time: it is for tests on a loopback address.")
        if not self.captures_letters and self.mail_from.endswith("@localhost"):
            raise BadSetting("MAIL_FROM must be an address that can receive mail: set it.")
        return self


def read_key_ring(read: Reader) -> KeyRing:
    """Read the keys that seal what people write."""
    found = read.secret("SEALING_KEYS")
    if found is None:
        raise BadSetting("SEALING_KEYS is missing: restore it, or let ./run make it.")
    try:
        return KeyRing.parse(found)
    except ValueError as problem:
        raise BadSetting(f"SEALING_KEYS cannot be used: {problem}") from problem


def read_help_lines(read: Reader) -> HelpLines:
    """Read the help lines: the operator's file, or the bundled one."""
    try:
        return lines_of_help.read(read.path("HELP_LINES_FILE"))
    except ValueError as problem:
        raise BadSetting(str(problem)) from problem


def new_secret_key() -> str:
    """Make a key for SECRET_KEY: 256 random bits."""
    return secrets.token_urlsafe(32)
