"""Words that stand nowhere else, and finding them in bytes however they are written."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# Every canary begins with it; lower case, as addresses are kept.
STEM = "qzkanarie"
# The same for what a test plants itself, to see that it would be found.
PLANTED = "qzspottvogel"
# Lines that mail programs and encoders broke are read as one.
BROKEN = re.compile(rb"=\r?\n|\\n|\s+")
NEAR = 40
Place = tuple[str, bytes]


@dataclass
class Canaries:
    """Gives out words, each with the number of the field it was meant for."""

    fields: list[str] = field(default_factory=list)

    def word(self, meant_for: str) -> str:
        """Return a word; its last letters are written differently in every encoding."""
        self.fields.append(meant_for)
        return f"{STEM}{len(self.fields):03d} déjà 🐦"

    def address(self, meant_for: str, tail: str = "") -> str:
        """Return an email address."""
        return f"{self.word(meant_for).split()[0]}{tail}@example.org"

    def meant_for(self, number: str) -> str:
        """Return the field a canary was put into."""
        return self.fields[int(number) - 1]


def needles(stem: str) -> dict[str, bytes]:
    """Return how a stem may be written.

    ASCII letters are the same in UTF-8 and Latin-1, percent-encoded, quoted-printable, as entities
    and in JSON, so one needle finds all of those.
    """
    plain = stem.encode()
    found = {
        "plainly": plain,
        "as UTF-16": stem.encode("utf-16-le"),
        "as UTF-16, high byte first": stem.encode("utf-16-be"),
        "in hexadecimal": plain.hex().encode(),
    }
    for before in range(3):
        written = base64.b64encode(bytes(before) + plain)
        whole = slice((before * 8 + 5) // 6, (before + len(plain)) * 8 // 6)
        found[f"as base64, {before} bytes in"] = written[whole]
    return found


def sightings(stem: str, places: Iterable[Place]) -> Iterator[tuple[str, str, bytes]]:
    """Give where a stem stands, how, and what stands around it."""
    wanted = needles(stem)
    for place, data in places:
        # Only of text the lines may be broken; files of databases would take long.
        hays = [data] if b"\0" in data else [data, BROKEN.sub(b"", data)]
        both = [(hay, hay.lower()) for hay in hays]
        for how, needle in wanted.items():
            for hay, lower in both:
                text = hay if "base64" in how else lower
                at = text.find(needle)
                while at >= 0:
                    yield place, how, hay[max(0, at - NEAR) : at + len(needle) + NEAR]
                    at = text.find(needle, at + 1)


def numbers(data: bytes) -> set[str]:
    """Return the canaries that can be read in some bytes."""
    return {number.decode() for number in re.findall(rb"(?i)qzkanarie(\d{3})", data)}


def leaks(canaries: Canaries, places: Iterable[Place]) -> list[str]:
    """Say where canaries stand, and which field they come from."""
    found = {}
    for place, how, around in sightings(STEM, places):
        hit = sorted(numbers(around.replace(b"\0", b"")))
        meant = canaries.meant_for(hit[0]) if hit else "?"
        found[place, meant] = f"{place}: {meant}, {how}: {around!r}"
    return list(found.values())
