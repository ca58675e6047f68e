"""What goes wrong, and what only who runs the server sees."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from flask import current_app

from couples import clock
from couples.agreement.promises import services as services_wording
from couples.agreement.promises import services_side
from couples.db import db
from couples.mail.carrying.captured import CapturedTransport, captured_letters
from couples.mail.sending import delivery
from couples.privacy.export import services as services_export
from gallery import acts
from gallery.shapes import World


def suggestion_gone(world: World) -> None:
    """Jonas takes back the words that Maya reads."""
    seen = services_side.side(world.maya, world.things["heard"]).seen
    services_wording.withdraw(world.jonas, seen, world.now)


def unreadable(_world: World) -> None:
    """What is sealed in the database was damaged."""
    db.session.execute(db.text("UPDATE notes SET words_sealed = x'00112233445566778899'"))
    db.session.commit()


def away(_world: World) -> None:
    """The database cannot be opened."""
    db.session.remove()
    db.engine.dispose()
    place = Path(str(db.engine.url.database))
    for end in ("-wal", "-shm"):
        Path(f"{place}{end}").unlink(missing_ok=True)
    place.unlink()
    place.mkdir()


def letters_come(world: World) -> None:
    """Letters that were due were sent; without a mail server they are kept."""
    settings = current_app.extensions["settings"]
    shutil.rmtree(settings.data_dir / "letters", ignore_errors=True)
    acts.asked_for_reset(world)
    delivery.deliver(clock.now, CapturedTransport.of(settings))
    world.things["letter"] = captured_letters(settings)[0].key


def own_file(world: World) -> bytes:
    """The file somebody has taken along from another server."""
    own = services_export.own_words(world.maya, world.now)
    return json.dumps(own).encode()
