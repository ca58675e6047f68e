"""The key files: made once for a new database, never for an old one (rule S1)."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from couples import folder, keys
from couples.sealing import KeyRing
from couples.settings import BadSetting


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_new_keys_are_for_their_owner_only_and_stay(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path)}
    keys.ensure(environ)
    texts = {name: (tmp_path / name).read_text() for name in ("secret_key", "sealing_keys")}
    assert {mode(tmp_path / name) for name in texts} == {0o600}
    assert KeyRing.parse(texts["sealing_keys"]).active == "k1"
    with pytest.raises(FileExistsError):
        keys.write_new(tmp_path / "secret_key", "another")
    assert {name: (tmp_path / name).read_text() for name in texts} == texts
    assert {path.name for path in tmp_path.iterdir()} == set(texts)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_S1_no_key_is_made_for_an_old_database(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    url = str(request.getfixturevalue(f"{kind}_url"))
    environ = {"DATA_DIR": str(tmp_path / "var"), "DATABASE_URL": url, "SECRET_KEY": "x" * 40}
    folder.make(tmp_path / "var")
    with pytest.raises(BadSetting, match="sealing_keys is missing") as refused:
        keys.ensure(environ)
    assert "secret_key" not in str(refused.value)
    assert list((tmp_path / "var").iterdir()) == []


def test_a_database_that_does_not_answer_stops_the_start(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://a@127.0.0.1:1/b"}
    with pytest.raises(BadSetting, match="DATABASE_URL"):
        keys.ensure(environ)


def test_a_key_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "sealing_keys"
    keys.write_new(path, "old", mode=0o640)
    keys.replace(path, "new")
    assert path.read_text() == "new"
    assert mode(path) == 0o640
    assert [found.name for found in tmp_path.iterdir()] == ["sealing_keys"]


def test_fresh_secrets_are_written_all_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "secrets"
    real = keys.write_new

    def cut_off(path: Path, text: str, mode: int = 0o600) -> None:
        if path.name == "postgres_password":
            raise KeyboardInterrupt
        real(path, text, mode)

    with monkeypatch.context() as power:
        power.setattr(keys, "write_new", cut_off)
        with pytest.raises(KeyboardInterrupt):
            keys.write_compose_files(place)
    assert not place.exists()
    written = keys.write_compose_files(place)
    assert sorted(path.name for path in written) == sorted(keys.compose_files())
    assert list(tmp_path.iterdir()) == [place]
    with pytest.raises(BadSetting, match="not empty"):
        keys.write_compose_files(place)


def test_fresh_secrets_may_go_into_an_empty_folder_and_say_where_they_cannot(
    tmp_path: Path,
) -> None:
    (tmp_path / "secrets").mkdir()
    keys.write_compose_files(tmp_path / "secrets")
    assert mode(tmp_path / "secrets") == 0o700
    with pytest.raises(BadSetting, match="cannot be written"):
        keys.write_compose_files(tmp_path / "nowhere" / "secrets")
