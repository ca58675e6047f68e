"""Whether the disk takes what is written, and has room; nothing is said where it has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from couples import folder
from couples.doctor.findings import Finding, bad, note
from couples.settings import Settings

LOW = 100 * 1024 * 1024


def check(settings: Settings) -> Iterator[Finding]:
    """Whether DATA_DIR can be written, and how much room is left where that is little."""
    place = settings.data_dir
    if not place.exists():
        return  # made at the first start
    try:
        folder.try_writing(place)
    except OSError as problem:
        yield bad(
            f"DATA_DIR {place} cannot be written ({problem.strerror}): make room, or mount it so "
            "that it can be. Until then pages can be read, nothing is saved, and letters wait."
        )
        return
    free = shutil.disk_usage(place).free
    if free < LOW:
        yield note(f"DATA_DIR {place} has {free // 1024 // 1024} MB of room left: make more.")
