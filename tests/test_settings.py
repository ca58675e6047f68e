"""Settings are read once, typed, and refuse nonsense with a sentence that names the variable."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path
from typing import Any

import pytest

from couples.famous_secrets import is_famous
from couples.sealing import KeyRing
from couples.settings import BadSetting, Settings, new_secret_key

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
        ("SCALES", "on"),
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
        ("MAIL_FROM", "Pages <pages@example.org>"),
        ("MAIL_FROM", "a@example.org, b@example.org"),
        ("MAIL_FROM", "pages"),
        ("MAIL_FROM", "pages@"),
        ("MAIL_FROM", "a b@localhost"),
        ("DATABASE_URL", "sqlite://pages.db"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:////"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///pages.db?mode=ro"),
        ("DATABASE_URL", "sqlite:////tmp"),
        ("DATABASE_URL", "postgresql://"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("DATABASE_URL", "postgresql://db.example.org/pages?sslmode=require"),
        ("DATABASE_URL", "postgresql://db.example.org/pages?sslmode=prefer"),
        ("DATABASE_URL", "postgresql://localhost/"),
        ("DATABASE_URL", "postgresql:///pages"),
        ("DATABASE_URL", "postgresql://user:p#ss@localhost/pages"),
        ("DATABASE_URL", "postgresql://localhost:port/pages"),
        ("DATABASE_URL", "postgresql://localhost:99999/pages"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis:///0"),
        ("REDIS_URL", "redis://localhost:x/0"),
        ("REDIS_URL", "redis://local host/0"),
        ("REDIS_URL", "unix:///run/redis.sock"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp:mail.example.org"),
        ("SMTP_URL", "smtp://mail.example.org:0"),
        ("SMTP_URL", "smtp://mail.example.org:"),
        ("SMTP_URL", "smtp://mail.example.org:70000"),
        ("SMTP_URL", "smtp://user:pa/ss@mail.example.org"),
        ("SMTP_URL", "smtp://mail.example.org?starttls=yes"),
        ("SMTP_URL", "smtp://mail.example.org?starttls"),
        ("SMTP_URL", "smtp://mail.example.org?tls=1"),
        ("SMTP_URL", "smtp://mail.example.org?starttls=1&starttls=0"),
        ("SMTP_URL", "smtps://mail.example.org?starttls=0"),
        ("SMTP_URL", "smtp://mail.example.org/path"),
        ("SMTP_URL", "smtp://mail.example.org#?starttls=1"),
        ("PUBLIC_URL", "https://pages.example.org:x"),
        ("PUBLIC_URL", "https://pages.example.org:99999"),
        ("PUBLIC_URL", "https://pages.example.org:0"),
        ("PUBLIC_URL", "https://.example.org"),
        ("PUBLIC_URL", "https://pages..example.org"),
        ("PUBLIC_URL", "https://pages example.org"),
        ("PUBLIC_URL", "https://b\u00fccher.example.org"),
        ("PUBLIC_URL", "https://pages.example.org\\@evil.example"),
        ("PUBLIC_URL", "https://*.example.org"),
        ("PUBLIC_URL", "http://[::1]:8000"),
        ("PUBLIC_URL", "http://[::1"),
        ("PUBLIC_URL", "https:pages.example.org"),
        ("EXIT_URL", "https://"),
        ("EXIT_URL", "https:///weather"),
        ("EXIT_URL", "https://user:word@example.org"),
        ("EXIT_URL", "https://example.org:x/"),
        ("HELP_LINES_FILE", "/nonexistent/lines.toml"),
        ("WEB_HOST", "[::1]"),
        ("WEB_HOST", "here and there"),
        ("WEB_HOST", "http://127.0.0.1"),
        ("WEB_PORT", "000000000000123456"),
        ("WEB_PORT", "0000000008000"),
    ],
)
def test_nonsense_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(**{name: value})
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith((".", "example.org."))


FAMOUS_SECRETS = frozenset(
    "secret secretkey secret_key secret-key changeme change-me change_me dev development "
    "default password please-change-me you-will-never-guess mysecretkey supersecretkey "
    "super-secret super-secret-key insecure-secret-key flask-secret-key hardtoguessstring "
    "thisisasecret thisisthesecretkey dev-secret-key not-a-secret".split()
)


@pytest.mark.parametrize("secret", sorted(FAMOUS_SECRETS))
def test_famous_secrets_are_refused(secret: str) -> None:
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        read(SECRET_KEY=secret)
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        read(SECRET_KEY=secret.upper())


# Each is long enough and varied enough, and yet known to everybody.
LONG_AND_FAMOUS = [
    "changeme-changeme-changeme-changeme",
    "my-super-secret-key-for-development-only",
    "django-insecure-8d!k2v0q7x@w1z$h5r^t9n&b3c*m4l",
    "PASSWORD_password_1234_Zq8vXw0pLm9sKd",
    "dev_secret_key_please_replace_it_2024",
    "your-256-bit-secret-goes-right-here-ok",
    "this is the example key of the manual 17",
    "the-default-value-of-this-key-is-bad-42",
    "correct-horse-battery-staple-and-more-1",
    "0123456789abcdef0123456789abcdef",
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "hunter2!hunter2!hunter2!hunter2!hunt",
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
    "09D25E094FAA6CA2556C818166B7A9563B93F7099F6F0F4CAA6CF63B88E8D3E7",
    "5791628bb0b13ce0c676dfde280ba245",
]


@pytest.mark.parametrize("secret", LONG_AND_FAMOUS)
def test_famous_secrets_are_refused_however_long(secret: str) -> None:
    assert len(secret) >= 32
    assert len(set(secret)) >= 8
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        read(SECRET_KEY=secret)


def test_random_keys_are_never_called_famous() -> None:
    for _ in range(2000):
        key = secrets.token_bytes(32)
        for text in (secrets.token_urlsafe(32), key.hex(), base64.b64encode(key).decode()):
            assert not is_famous(text)


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
    assert not read(WEB_HOST="0.0.0.0").shows_captured_letters
    assert read(WEB_HOST="::1").shows_captured_letters
    assert not read(PUBLIC_URL="http://127.0.0.1.example.org").shows_captured_letters


def test_time_is_moved_on_a_loopback_address_only() -> None:
    with pytest.raises(BadSetting, match="TEST_CLOCK_FILE"):
        read(TEST_CLOCK_FILE="/tmp/clock", PUBLIC_URL="https://pages.example.org")


def test_secrets_come_from_files_too(tmp_path: Path) -> None:
    path = tmp_path / "database_url"
    path.write_text("postgresql://pages:secret@localhost/pages\n")
    settings = read(DATABASE_URL_FILE=str(path))
    assert settings.database_url == "postgresql+psycopg://pages:secret@localhost/pages"


def test_keys_are_never_printed() -> None:
    assert GOOD["SECRET_KEY"] not in repr(read())
    keys = [pair.partition("=")[2] for pair in GOOD["SEALING_KEYS"].split()]
    assert not any(key in repr(read()) for key in keys)


def test_settings_cannot_be_changed() -> None:
    settings: Any = read()
    with pytest.raises(AttributeError):
        settings.operator = "somebody else"


def test_a_file_of_sqlite_has_one_meaning_wherever_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read(DATABASE_URL="sqlite:///var/p.db").database_url == f"sqlite:///{tmp_path}/var/p.db"
    assert read(DATABASE_URL="sqlite:////var/p.db").database_url == "sqlite:////var/p.db"


def test_12_3_2_a_database_on_another_machine_must_show_a_certificate_that_holds() -> None:
    kept = "sslmode=verify-full&sslrootcert=system"
    for given, found in {
        "postgresql://db.example.org/pages": f"db.example.org/pages?{kept}",
        "postgresql://10.0.0.5/pages?connect_timeout=5": f"10.0.0.5/pages?connect_timeout=5&{kept}",
        "postgresql:///pages?host=db": f"/pages?host=db&{kept}",
        "postgresql:///pages?host=/run/postgresql": "/pages?host=/run/postgresql",
        "postgresql://[::1]/pages": "[::1]/pages",
        "postgresql://db/pages?sslmode=disable": "db/pages?sslmode=disable",
    }.items():
        assert read(DATABASE_URL=given).database_url == f"postgresql+psycopg://{found}"


def test_an_address_that_makes_sense_is_taken() -> None:
    for url in (
        "postgresql://user:p%40ss@[::1]:5432/pages",
        "postgres://postgres/pages?sslmode=verify-ca",
        "postgresql:///pages?host=/run/postgresql",
    ):
        assert read(DATABASE_URL=url).database_url.startswith("postgresql+psycopg://")
    assert read(REDIS_URL="redis://:word@redis_1:6379/0").redis_url
    assert read(REDIS_URL="rediss://[::1]").redis_url
    mail = {"MAIL_FROM": "pages@example.org"}
    assert read(SMTP_URL="smtp://u%40b:p%2Fs@mail.example.org:587?starttls=1", **mail).smtp_url
    assert read(EXIT_URL="https://example.org/weather?q=1").exit_url
    assert read(PUBLIC_URL="https://Pages.Example.org/").public_url == "https://pages.example.org"
    assert read(PUBLIC_URL="https://xn--bcher-kva.example").public_url
    assert read(WEB_HOST="::1").public_url == "http://localhost:8000"


def test_an_empty_file_means_not_set_and_two_values_are_one_too_many(tmp_path: Path) -> None:
    path = tmp_path / "smtp_url"
    path.write_text("\n")
    assert read(SMTP_URL_FILE=str(path)).smtp_url is None
    given = {"SMTP_URL": "smtp://mail.example.org", "MAIL_FROM": "pages@example.org"}
    assert read(SMTP_URL_FILE=str(path), **given).smtp_url == given["SMTP_URL"]
    path.write_text("smtp://other.example.org")
    with pytest.raises(BadSetting, match="SMTP_URL and SMTP_URL_FILE"):
        read(SMTP_URL_FILE=str(path), **given)


def test_a_sealing_key_that_stands_there_twice_is_refused() -> None:
    twice = GOOD["SEALING_KEYS"] + GOOD["SEALING_KEYS"].splitlines()[0]
    with pytest.raises(BadSetting, match=r"SEALING_KEYS.*twice"):
        read(SEALING_KEYS=twice)


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "line = 3",
        "[[line]]\nname = 'A'",
        "[[line]]\nname = 'A'\ncountry = 7",
        "[[line]]\nname = 'A'\ncountry = 'B'\nurl = 'javascript:alert(1)'",
        "checked_on = 'soon'\n[[line]]\nname = 'A'\ncountry = 'B'",
    ],
)
def test_help_lines_that_cannot_be_used_stop_the_start(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lines.toml"
    path.write_text(text)
    with pytest.raises(BadSetting, match="HELP_LINES_FILE") as refused:
        read(HELP_LINES_FILE=str(path))
    assert "\n" not in str(refused.value)


def test_help_lines_are_read_once_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "lines.toml"
    path.write_text("[[line]]\nname = 'A'\ncountry = 'B'")
    settings = read(HELP_LINES_FILE=str(path))
    path.unlink()
    assert [line.name for line in settings.help_lines.lines] == ["A"]
