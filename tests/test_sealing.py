"""What people write is sealed, and bound to where it stands (rule S1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from couples.sealing import STEPS, CannotOpen, KeyRing, Place

RING = KeyRing.new()
HERE = Place("needs", "before_sealed", "row", "maya")


@given(st.text())
def test_S1_any_text_comes_back_as_it_was(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert RING.unseal(RING.seal(text, HERE), HERE) == text


@pytest.mark.parametrize("change", ["table", "column", "row", "owner"])
def test_S1_a_value_moved_elsewhere_no_longer_opens(change: str) -> None:
    elsewhere = HERE._replace(**{change: "somewhere else"})
    with pytest.raises(CannotOpen):
        RING.unseal(RING.seal("words", HERE), elsewhere)


def test_S1_every_flipped_bit_is_noticed() -> None:
    sealed = RING.seal("words", HERE)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(CannotOpen):
            RING.unseal(bytes(changed), HERE)


def test_S1_the_same_words_are_never_sealed_alike() -> None:
    assert RING.seal("words", HERE) != RING.seal("words", HERE)


def test_S1_the_length_tells_only_a_step() -> None:
    lengths = {len(RING.seal("x" * count, HERE)) for count in range(0, 4000, 7)}
    assert len(lengths) == len([step for step in STEPS if step <= 4096])


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    sealed = RING.seal("words", HERE)
    turned = RING.with_new_key()
    assert turned.active == "k2"
    assert turned.unseal(sealed, HERE) == "words"
    assert turned.key_of(turned.seal("words", HERE)) == "k2"
    assert turned.index("maya@example.org") == RING.index("maya@example.org")


def test_a_ring_reads_what_it_wrote() -> None:
    turned = RING.with_new_key()
    assert KeyRing.parse(turned.text()) == turned
    assert KeyRing.parse(turned.text()).active == "k2"


@pytest.mark.parametrize("text", ["", "k1=abc", "k1", "index=AAAA", "k 1=AAAA index=AAAA"])
def test_a_ring_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        KeyRing.parse(text)


def test_keys_do_not_show_in_a_traceback() -> None:
    assert "keys=" not in repr(RING)
