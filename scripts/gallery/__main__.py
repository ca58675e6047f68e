"""`./run gallery`: pictures of every page in every state, and one page that shows them all."""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gallery import camera, index, letters, worlds
from gallery.camera import NoBrowser, Shot
from gallery.shapes import State
from gallery.states import BY_KEY, shown_in

HOME = Path(__file__).resolve().parents[2]
# As many browsers at once: each with an application of its own.
AT_ONCE = 2
PAPERS = ("a4", "letter")


@dataclass(frozen=True)
class Wishes:
    """What is asked for."""

    folder: Path
    language: str
    widths: tuple[int, ...]


def take_states(keys: list[str], wishes: Wishes) -> list[Shot]:
    """Take some states, in a process of its own."""
    logging.disable(logging.CRITICAL)
    with (
        tempfile.TemporaryDirectory() as place,
        worlds.built(Path(place), wishes.language) as gallery,
        camera.chromium() as browser,
    ):
        context = camera.context_of(browser, wishes.language)
        return [
            camera.take(gallery, context, BY_KEY[key], wishes.folder, wishes.widths) for key in keys
        ]


def take_others(wishes: Wishes, languages: tuple[str, ...]) -> list[str]:
    """Take the letters in each language, and what is printed; return their parts of the page."""
    rows, found = [], []
    with (
        tempfile.TemporaryDirectory() as place,
        worlds.built(Path(place), wishes.language) as gallery,
        camera.chromium() as browser,
    ):
        context = camera.context_of(browser, wishes.language)
        for language in languages:
            for letter in letters.composed(gallery, language):
                shot = camera.take_letter(context, letter, wishes.folder)
                title = f"{letter.kind}, {letter.language} ({letter.key})"
                rows.append((title, letter.subject, letter.text, shot))
        for paper in PAPERS:
            path = f"/doc/versions/3/document.pdf?paper={paper}"
            state = State("pdf", "", "", "", path, who="Maya", world="half_year")
            content = gallery.ask(state).data
            found.append(camera.take_document(content, f"document-{paper}", wishes.folder))
    return [index.letters(rows), index.documents(found)]


def make(states: list[State], wishes: Wishes, languages: tuple[str, ...]) -> list[Shot]:
    """Take everything and write the page."""
    began = time.monotonic()
    for name in ("png", "html"):
        shutil.rmtree(wishes.folder / name, ignore_errors=True)
        (wishes.folder / name).mkdir(parents=True)
    keys = [state.key for state in states]
    with ProcessPoolExecutor(AT_ONCE) as pool:
        parts = [pool.submit(take_states, keys[part::AT_ONCE], wishes) for part in range(AT_ONCE)]
        others = pool.submit(take_others, wishes, languages) if languages else None
        shots = {shot.key: shot for part in parts for shot in part.result()}
        more = others.result() if others else []
    said = f"{len(states)} states in {wishes.language}, taken in {time.monotonic() - began:.0f} s"
    page = index.page(states, shots, more, said)
    (wishes.folder / "index.html").write_text(page, encoding="utf-8")
    print(f"{said}: {wishes.folder / 'index.html'}")
    return list(shots.values())


def main(arguments: list[str]) -> int:
    """Read what is asked for, and do it."""
    parser = argparse.ArgumentParser(prog="./run gallery", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HOME / "var" / "gallery")
    parser.add_argument("--only", nargs="+", metavar="KEY", choices=sorted(BY_KEY))
    parser.add_argument("--language", default="en")
    parser.add_argument("--widths", default=",".join(map(str, camera.WIDTHS)))
    given = parser.parse_args(arguments)
    widths = tuple(int(each) for each in given.widths.split(","))
    wishes = Wishes(given.folder.resolve(), given.language, widths)
    here = shown_in(wishes.language)
    wanted = [state for state in here if not given.only or state.key in given.only]
    try:
        shots = make(wanted, wishes, () if given.only else ("en", "de"))
    except NoBrowser as problem:
        print(problem, file=sys.stderr)
        return 1
    for shot in shots:
        if shot.problem:
            print(f"{shot.key}: {shot.problem}", file=sys.stderr)
    return 1 if any(shot.problem for shot in shots) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
