"""Settings are read once, typed, and refuse nonsense with a sentence that names the variable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from couples.sealing import KeyRing
from couples.settings import FAMOUS_SECRETS, BadSetting, Settings, new_secret_key

GOOD = {
    "SECRET_KEY": new_secret_key(),
    "SEALING_KEYS": KeyRing.new().text(),
    "DATA_DIR": "/nonexistent/var",
}


def read(**changes: str) -> Settings:
    return Settings.from_environ(GOOD | changes)


def test_nothing_but_keys_is_needed() -> None:
    settings = read()
    assert settings.database_url == "sqlite:////nonexistent/var/pages.db"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.redis_url is None
    assert settings.captures_letters
    assert settings.shows_captured_letters


def test_the_default_address_follows_the_port() -> None:
    assert read(WEB_PORT="8123").public_url == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY", "changeme"),
        ("SEALING_KEYS", ""),
        ("SEALING_KEYS", "k1=short"),
        ("SEALING_KEYS", "k1=!!!"),
        ("SEALING_KEYS", "no equals sign"),
        ("SECRET_KEY_FILE", "/nonexistent/key"),
        ("DATABASE_URL", "mysql://root@localhost/pages"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "pages.db"),
        ("REDIS_URL", "http://localhost"),
        ("SMTP_URL", "mail.example.org"),
        ("PUBLIC_URL", "pages.example.org"),
        ("PUBLIC_URL", "ftp://pages.example.org"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://pages.example.org/app"),
        ("PUBLIC_URL", "https://user@pages.example.org"),
        ("EXIT_URL", "http://example.org"),
        ("EXIT_URL", "javascript:alert(1)"),
        ("PROXY_HOPS", "-1"),
        ("PROXY_HOPS", "six"),
        ("PROXY_HOPS", "6"),
        ("WEB_PORT", "65536"),
        ("WEB_PORT", "١٢"),
        ("WEB_PROCESSES", "0"),
        ("WEB_THREADS", "1e3"),
        ("WORKER_THREADS", "9" * 40),
        ("LEASE_SECONDS", "0"),
        ("VISIBILITY_SECONDS", "1"),
        ("TICK_SECONDS", "0"),
        ("OPERATOR", "two\nlines"),
        ("MAIL_FROM", "a@example.org\r\nBcc: b@example.org"),
    ],
)
def test_nonsense_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(**{name: value})
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith((".", "example.org."))


@pytest.mark.parametrize("secret", sorted(FAMOUS_SECRETS))
def test_famous_secrets_are_refused(secret: str) -> None:
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        read(SECRET_KEY=secret)
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        read(SECRET_KEY=secret.upper())


def test_a_refusal_never_repeats_a_secret() -> None:
    for name in ("SECRET_KEY", "SEALING_KEYS", "DATABASE_URL", "REDIS_URL", "SMTP_URL"):
        with pytest.raises(BadSetting) as refused:
            read(**{name: "hunter2:x"})
        assert "hunter2" not in str(refused.value)


def test_a_real_mail_server_needs_a_real_sender() -> None:
    with pytest.raises(BadSetting, match="MAIL_FROM"):
        read(SMTP_URL="smtp://mail.example.org")
    assert read(SMTP_URL="smtp://mail.example.org", MAIL_FROM="pages@example.org")


def test_S6_captured_letters_show_on_loopback_without_mail_server_only() -> None:
    mail = {"SMTP_URL": "smtp://mail.example.org", "MAIL_FROM": "pages@example.org"}
    assert read().shows_captured_letters
    assert not read(**mail).shows_captured_letters
    assert not read(PUBLIC_URL="https://pages.example.org").shows_captured_letters
    assert read(PUBLIC_URL="http://localhost:8000").shows_captured_letters
    assert not read(PUBLIC_URL="http://127.0.0.1.example.org").shows_captured_letters


def test_time_is_moved_on_a_loopback_address_only() -> None:
    with pytest.raises(BadSetting, match="TEST_CLOCK_FILE"):
        read(TEST_CLOCK_FILE="/tmp/clock", PUBLIC_URL="https://pages.example.org")


def test_secrets_come_from_files_too(tmp_path: Path) -> None:
    path = tmp_path / "database_url"
    path.write_text("postgresql://pages:secret@postgres/pages\n")
    settings = read(DATABASE_URL_FILE=str(path))
    assert settings.database_url == "postgresql+psycopg://pages:secret@postgres/pages"


def test_keys_are_never_printed() -> None:
    assert GOOD["SECRET_KEY"] not in repr(read())
    secrets = [pair.partition("=")[2] for pair in GOOD["SEALING_KEYS"].split()]
    assert not any(secret in repr(read()) for secret in secrets)


def test_settings_cannot_be_changed() -> None:
    settings: Any = read()
    with pytest.raises(AttributeError):
        settings.operator = "somebody else"
