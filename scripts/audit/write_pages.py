"""Write every page of the tests' world to a folder, as each person in it is shown it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from audit.pages import file_name
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


def main(folder: Path) -> None:
    """Build the world, write its pages."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        template = Path(place) / "template.db"
        migrate(f"sqlite:///{template}")
        (Path(place) / "stage").mkdir()
        stage = stages.build(template, Path(place) / "stage", Browser)
        for playing in stages.playing(stage):
            print(write(playing, folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
