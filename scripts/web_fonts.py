"""Cut each web font in two: what every page needs, and what only some names and words need.

`python scripts/web_fonts.py WHOLE`, with the whole fonts in the folder WHOLE: Latin subsets of
Literata and Source Sans 3, as they first came into couples/static/fonts (`git log --diff-filter=A`
finds the commit). It needs `pyftsubset` on the PATH (fonttools 4.68 with brotli gave what is there,
byte for byte); the service needs nothing of it. The stylesheet repeats both ranges, and a test
holds them together. The PDF has fonts of its own (docs/decisions/0013).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "couples" / "static" / "fonts"
CUTS = ("literata-display", "literata-text", "literata-text-italic", "facing-sans")

# ASCII, what English and German are written and set with, and the small letters of Western Europe.
BASIC = (
    "U+20-7E,U+A0,U+AB,U+B0,U+B7,U+BB,U+C4,U+C9,U+D6,U+D7,U+DC,U+DF-E2,U+E4-EF,U+F1-F4,U+F6,"
    "U+F8-FC,U+2013,U+2014,U+2018-201A,U+201C-201E,U+2026,U+20AC,U+2212"
)
# The rest of what the fonts hold.
MORE = (
    "U+A1-AA,U+AC-AF,U+B1-B6,U+B8-BA,U+BC-C3,U+C5-C8,U+CA-D5,U+D8-DB,U+DD,U+DE,U+E3,U+F0,U+F5,U+F7,"
    "U+FD-FF,U+131,U+152,U+153,U+2BC,U+2C6,U+2DC,U+2009,U+2022,U+2032,U+2033,U+2039,U+203A,U+2122,"
    "U+2191,U+2193"
)


def points(ranges: str) -> set[int]:
    """Return every code point of a list as stylesheets write it."""
    found: set[int] = set()
    for one in ranges.replace("U+", "").split(","):
        first, _, last = one.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def cut(whole: Path, part: Path, ranges: str) -> None:
    """Write a part of a font, with all its features, without what only vertical lines need."""
    subprocess.run(
        [
            "pyftsubset", str(whole), f"--unicodes={ranges}", "--layout-features=*",
            "--drop-tables+=VVAR,vhea,vmtx", "--flavor=woff2", f"--output-file={part}",
        ],
        check=True,
    )  # fmt: skip


def main(folder: str) -> None:
    """Cut them all."""
    for name in CUTS:
        whole = Path(folder) / f"{name}.woff2"
        cut(whole, HERE / f"{name}.woff2", BASIC)
        cut(whole, HERE / f"{name}-more.woff2", MORE)


if __name__ == "__main__":
    main(sys.argv[1])
