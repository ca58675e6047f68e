"""`./run gallery`: pictures of every page in every state, and one page that shows them all."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from couples.languages import WRITTEN_AS
from gallery import camera, folders, index, letters, worlds
from gallery.camera import NoBrowser, Shot
from gallery.folders import Mark, NotOurs
from gallery.shapes import State
from gallery.states import BY_KEY, LANGUAGES, shown_in

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


def take_others(wishes: Wishes) -> str:
    """Take the letters in each language, and what is printed; return their part of the page."""
    rows, found = [], []
    with (
        tempfile.TemporaryDirectory() as place,
        worlds.built(Path(place), wishes.language) as gallery,
        camera.chromium() as browser,
    ):
        context = camera.context_of(browser, wishes.language)
        for language in LANGUAGES:
            for letter in letters.composed(gallery, language):
                shot = camera.take_letter(context, letter, wishes.folder)
                title = f"{letter.kind}, {letter.language} ({letter.key})"
                rows.append((title, letter.subject, letter.text, shot))
        for paper in PAPERS:
            path = f"/doc/versions/3/document.pdf?paper={paper}"
            state = State("pdf", "", "", "", path, who="Maya", world="half_year")
            content = gallery.ask(state).data
            found.append(camera.take_document(content, f"document-{paper}", wishes.folder))
    return index.letters(rows) + index.documents(found)


def make(wishes: Wishes) -> list[Shot]:
    """Take everything, letters and print too, and write the page."""
    folders.emptied(wishes.folder, wishes.language)
    began = time.monotonic()
    with ProcessPoolExecutor(AT_ONCE) as pool:
        parts = _begun(pool, shown_in(wishes.language), wishes)
        others = pool.submit(take_others, wishes)
        shots = [shot for part in parts for shot in part.result()]
        mark = Mark(wishes.language, others.result())
    folders.keep(wishes.folder, mark)
    _write(wishes, shots, mark.more, time.monotonic() - began)
    return shots


def make_only(states: Sequence[State], wishes: Wishes) -> list[Shot]:
    """Take some states anew, and write the page of all that is there."""
    mark = folders.cleared(wishes.folder, wishes.language, [state.key for state in states])
    began = time.monotonic()
    with ProcessPoolExecutor(AT_ONCE) as pool:
        parts = _begun(pool, states, wishes)
        shots = [shot for part in parts for shot in part.result()]
    _write(wishes, shots, mark.more, time.monotonic() - began)
    return shots


def _begun(
    pool: ProcessPoolExecutor, states: Sequence[State], wishes: Wishes
) -> list[Future[list[Shot]]]:
    keys = [state.key for state in states]
    return [pool.submit(take_states, keys[part::AT_ONCE], wishes) for part in range(AT_ONCE)]


def _write(wishes: Wishes, shots: list[Shot], more: str, seconds: float) -> None:
    """Write the page that shows what was taken just now, and what is there from earlier."""
    states = shown_in(wishes.language)
    there = folders.found(wishes.folder, states) | {shot.key: shot for shot in shots}
    said = f"{len(shots)} states in {wishes.language}, taken in {seconds:.0f} s"
    if earlier := len(there) - len(shots):
        said += f"; {earlier} from earlier"
    shown = [state for state in states if state.key in there]
    place = wishes.folder / folders.INDEX
    place.write_text(index.page(shown, there, more, said), encoding="utf-8")
    print(f"{said}: {place}")


def widths(typed: str) -> tuple[int, ...]:
    """Return the widths somebody typed; argparse says so itself where they are no numbers."""
    return tuple(int(each) for each in typed.split(","))


def main(arguments: list[str]) -> int:
    """Read what is asked for, and do it."""
    parser = argparse.ArgumentParser(prog="./run gallery", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HOME / "var" / "gallery")
    parser.add_argument("--only", nargs="+", metavar="KEY", choices=sorted(BY_KEY))
    parser.add_argument("--language", default="en", choices=list(WRITTEN_AS))
    parser.add_argument("--widths", type=widths, default=camera.WIDTHS, metavar="360,390")
    given = parser.parse_args(arguments)
    wishes = Wishes(given.folder.resolve(), given.language, given.widths)
    shown = {state.key: state for state in shown_in(wishes.language)}
    wanted = [shown[key] for key in given.only or () if key in shown]
    if len(wanted) < len(given.only or ()):
        parser.error(f"in {given.language} there is no {set(given.only) - set(shown)}")
    try:
        shots = make_only(wanted, wishes) if given.only else make(wishes)
    except (NoBrowser, NotOurs) as problem:
        print(problem, file=sys.stderr)
        return 1
    for shot in shots:
        if shot.problem:
            print(f"{shot.key}: {shot.problem}", file=sys.stderr)
    return 1 if any(shot.problem for shot in shots) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
