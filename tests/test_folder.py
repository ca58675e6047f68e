"""The folder for everything that is kept belongs to its owner; others' folders stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from couples import folder
from couples.settings import BadSetting


def mode(path: Path) -> int:
    """Return who may do what."""
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("holds", [(), ("pages.db",), ("lock", "notes.txt")])
def test_S1_a_folder_that_is_ours_or_empty_is_closed_to_others(
    tmp_path: Path, holds: tuple[str, ...]
) -> None:
    for name in holds:
        (tmp_path / name).touch()
    tmp_path.chmod(0o755)
    folder.make(tmp_path)
    assert mode(tmp_path) == 0o700
    assert {one.name for one in tmp_path.iterdir()} == set(holds)


def test_S1_a_new_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder.make(tmp_path / "a" / "b")
    assert mode(tmp_path / "a" / "b") == 0o700


def test_a_folder_with_other_things_in_it_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "somebody").mkdir()
    tmp_path.chmod(0o755)
    with pytest.raises(BadSetting, match="name a folder of its own"):
        folder.make(tmp_path)
    assert mode(tmp_path) == 0o755
