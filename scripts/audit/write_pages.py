"""Write every page to a folder: the tests' world as each sees it, the gallery in each language."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from gallery import worlds
from gallery.shapes import WrongStatus
from gallery.states import shown_in

from audit.pages import file_name
from couples.languages import WRITTEN_AS
from couples.migrate import migrate
from tests import stage as stages
from tests.conftest import Browser
from tests.pages import without_tokens
from tests.stage import Stage
from tests.test_nobody_elses import ROWS

# A letter as it was sent: written for mail programs, and looked at by tests/mail.
LETTER = "/letters/<key>/html"


def write(stage: Stage, folder: Path) -> int:
    """Ask for every route as everybody; write each page once, whatever its status."""
    seen: set[bytes] = set()
    for who in (None, *stage.world.sessions):
        for row in (row for row in ROWS if row.rule != LETTER):
            if row.method == "POST":
                stage.reset()
            address = row.rule if row.rule == "/exit" else row.address(stage)
            answer = stage.browser(who).open(address, method=row.method)
            if answer.mimetype != "text/html" or answer.status_code == 303:
                continue
            bare = without_tokens(answer.data)
            if bare not in seen:
                seen.add(bare)
                (folder / file_name(row.rule, who, answer.text)).write_text(answer.text)
    return len(seen)


def write_gallery(place: Path, language: str, folder: Path) -> int:
    """Ask for every state of the gallery in one language; steps of a browser are left out."""
    written = 0
    with worlds.built(place, language) as gallery:
        for state in shown_in(language):
            answer = gallery.ask(state)
            if answer.status_code != state.status:
                raise WrongStatus(state, answer.status_code)
            if answer.mimetype == "text/html" and not state.path.endswith("/html"):
                (folder / f"gallery-{language}-{state.key}.html").write_text(answer.text)
                written += 1
    return written


def main(folder: Path) -> None:
    """Build the worlds, write their pages."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        template = Path(place) / "template.db"
        migrate(f"sqlite:///{template}")
        (Path(place) / "stage").mkdir()
        stage = stages.build(template, Path(place) / "stage", Browser)
        for playing in stages.playing(stage):
            print(write(playing, folder))
        for language in WRITTEN_AS:
            print(write_gallery(Path(place) / f"gallery-{language}", language, folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
