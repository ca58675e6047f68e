"""The folder a gallery lies in, known by a mark: what no gallery made is never replaced."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gallery.camera import Shot
from gallery.shapes import State

MARK = ".gallery"
PICTURES, TEXTS, INDEX = "png", "html", "index.html"
PICTURE = re.compile(r"(?P<key>[a-z0-9-]+)_(?P<width>\d+)_(?P<scheme>light|dark)\.png")


class NotOurs(Exception):
    """What is there would be replaced, and must not be."""


@dataclass(frozen=True)
class Mark:
    """In which language a gallery was taken, and its part about letters and print."""

    language: str
    more: str = ""


def emptied(folder: Path, language: str) -> Mark:
    """Make place for a whole gallery."""
    _marked(folder)
    for name in (PICTURES, TEXTS):
        shutil.rmtree(folder / name, ignore_errors=True)
    return _prepared(folder, Mark(language))


def cleared(folder: Path, language: str, keys: Iterable[str]) -> Mark:
    """Make place for some states of the gallery that is there, or of a new one."""
    mark = _marked(folder) or Mark(language)
    if mark.language != language:
        raise NotOurs(
            f"{folder} shows pages in {mark.language}: "
            f"ask for some of them in that language, or name another folder."
        )
    for key in keys:
        (folder / TEXTS / f"{key}.html").unlink(missing_ok=True)
        for picture in (folder / PICTURES).glob(f"{key}_*.png"):
            picture.unlink()
    return _prepared(folder, mark)


def keep(folder: Path, mark: Mark) -> None:
    """Write down that a gallery made this folder, and what its index needs later."""
    (folder / MARK).write_text(f"{mark.language}\n{mark.more}", encoding="utf-8")


def found(folder: Path, states: Iterable[State]) -> dict[str, Shot]:
    """Return what was taken earlier and is still there."""
    shots = {
        state.key: Shot(state.key, html=f"{TEXTS}/{state.key}.html")
        for state in states
        if (folder / TEXTS / f"{state.key}.html").exists()
    }
    taken = [name for path in folder.glob(f"{PICTURES}/*") if (name := PICTURE.match(path.name))]
    for name in sorted(taken, key=lambda one: (int(one["width"]), one["scheme"] == "dark")):
        if name["key"] in shots:
            wanted = f"{name['width']} {name['scheme']}"
            shots[name["key"]].pictures[wanted] = f"{PICTURES}/{name[0]}"
    return shots


def _marked(folder: Path) -> Mark | None:
    """Return the mark of the gallery that is there; None where nothing of a gallery's is."""
    if (folder / MARK).is_file():
        language, _line, more = (folder / MARK).read_text(encoding="utf-8").partition("\n")
        return Mark(language, more)
    there = [name for name in (PICTURES, TEXTS, INDEX) if (folder / name).exists()]
    if there or folder.is_file():
        raise NotOurs(
            f"{folder / ''.join(there[:1])} was not made by ./run gallery and would be replaced: "
            f"name another folder, or remove it yourself."
        )
    return None


def _prepared(folder: Path, mark: Mark) -> Mark:
    for name in (PICTURES, TEXTS):
        (folder / name).mkdir(parents=True, exist_ok=True)
    keep(folder, mark)
    return mark
