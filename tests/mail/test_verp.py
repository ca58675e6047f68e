"""Each letter has its own envelope sender, and nobody else can make one (E14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from couples.db import new_id
from couples.mail.message.verp import envelope_sender, letter_of
from couples.settings import BadSetting, Settings, new_secret_key
from tests.test_settings import read

URL = "sqlite:////nonexistent/pages.db"


@pytest.fixture
def settings(settings_for: Callable[..., Settings]) -> Settings:
    return settings_for(URL, mail_from="pages@example.org", verp=True)


def test_what_comes_back_names_its_letter(settings: Settings) -> None:
    ids = {new_id() for _ in range(200)}
    senders = {envelope_sender(settings, letter_id): letter_id for letter_id in ids}
    assert len(senders) == len(ids)
    for sender, letter_id in senders.items():
        local, _, domain = sender.rpartition("@")
        assert local.startswith("pages+") and len(local) <= 64 and domain == "example.org"
        for way in (sender, sender.upper(), f"<{sender}>", f" {sender} ", f"{local}@mx.internal"):
            assert letter_of(settings, way) == letter_id, way


def test_a_forged_or_broken_sender_names_none(settings: Settings) -> None:
    sender = envelope_sender(settings, new_id())
    local, _, domain = sender.rpartition("@")
    for at in range(len("pages+"), len(local)):
        other = "b" if local[at] == "a" else "a"
        forged = f"{local[:at]}{other}{local[at + 1 :]}@{domain}"
        # Only the last letter has bits that stand for nothing.
        assert letter_of(settings, forged) is None or at == len(local) - 1, at
    stranger = replace(settings, secret_key=new_secret_key())
    for bad in (
        envelope_sender(stranger, new_id()),
        f"{local[:-1]}@{domain}",
        f"{local}a@{domain}",
        f"{local.replace('+', '-')}@{domain}",
        f"{local[:-1]}1@{domain}",
        f"{local[:-1]}ß@{domain}",
        local,
        "",
        "@",
        "+@",
        "\0",
        "pages@example.org",
        f"{'x' * 100_000}+{'a' * 42}@{domain}",
    ):
        assert letter_of(settings, bad) is None, bad[:80]


def test_it_can_be_switched_off_and_knows_its_room(settings: Settings) -> None:
    assert envelope_sender(replace(settings, verp=False), new_id()) == "pages@example.org"
    longest, longer = f"{'p' * 21}@example.org", f"{'p' * 22}@example.org"
    assert read(MAIL_FROM=longest).verp and read(MAIL_FROM=longest, VERP="1").verp
    assert not read(MAIL_FROM=longest, VERP="0").verp
    # Whoever has set nothing keeps their long sender; who wants both is told.
    assert not read(MAIL_FROM=longer).verp
    with pytest.raises(BadSetting, match="VERP needs a MAIL_FROM of at most 21 characters"):
        read(MAIL_FROM=longer, VERP="1")
    with pytest.raises(BadSetting, match="VERP"):
        read(VERP="yes")
    sender = envelope_sender(read(MAIL_FROM=longest), new_id())
    assert len(sender.rpartition("@")[0]) == 64


def test_a_sender_with_a_plus_of_its_own(settings: Settings) -> None:
    plus, letter_id = replace(settings, mail_from="team+pages@example.org"), new_id()
    assert letter_of(plus, envelope_sender(plus, letter_id)) == letter_id
