"""The key files: made once for a new database, never for an old one (rule S1)."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from couples.database_address import sqlite_file
from couples.disk import replace, write_new
from couples.environ import KEY_FILES
from couples.sealing import KeyRing
from couples.settings import BadSetting, Reader, new_secret_key

__all__ = [
    "compose_files",
    "ensure",
    "has_tables",
    "is_set",
    "replace",
    "write_compose_files",
    "write_new",
]

MAKE = {"SECRET_KEY": lambda: new_secret_key() + "\n", "SEALING_KEYS": lambda: KeyRing.new().text()}


def ensure(environ: Mapping[str, str]) -> None:
    """Make the key files that are not there yet; refuse where the database is older than them."""
    folder = Reader(environ).data_dir()
    missing = [name for name in KEY_FILES if not is_set(environ, name)]
    if not missing:
        return
    refuse_for_old_database(environ, missing, folder)
    for name in missing:
        write_new(folder / KEY_FILES[name], MAKE[name]())


def is_set(environ: Mapping[str, str], name: str) -> bool:
    """Whether a key is given by the environment or by its file."""
    return bool(environ.get(name, "").strip() or environ.get(f"{name}_FILE", "").strip())


def refuse_for_old_database(environ: Mapping[str, str], missing: list[str], folder: Path) -> None:
    """Stop with a sentence where there is a database whose keys are gone."""
    if not has_tables(Reader(environ).database_url(folder)):
        return
    names = " and ".join(str(folder / KEY_FILES[name]) for name in missing)
    raise BadSetting(
        f"There is a database, but {names} is missing ({' and '.join(missing)}): restore it from "
        "your backup. No new key is ever made for an old database."
    )


def has_tables(url: str) -> bool:
    """Whether the database at this address holds anything."""
    if path := sqlite_file(url):
        return path.exists() and path.stat().st_size > 0
    return _postgres_has_tables(url.replace("postgresql+psycopg://", "postgresql://", 1))


def _postgres_has_tables(url: str) -> bool:
    import psycopg

    question = (
        "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = ANY (current_schemas(false)))"
    )
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = connection.execute(question).fetchone()
    except psycopg.OperationalError as problem:
        raise BadSetting("DATABASE_URL names a database that does not answer.") from problem
    return bool(found and found[0])


def compose_files() -> dict[str, str]:
    """Return fresh secrets for docker-compose.yml, by file name."""
    postgres, redis = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    return {
        "secret_key": new_secret_key() + "\n",
        "sealing_keys": KeyRing.new().text(),
        "postgres_password": postgres,
        # In clear on the network that the containers of one machine have to themselves.
        "database_url": f"postgresql://pages:{postgres}@postgres:5432/pages?sslmode=disable\n",
        "redis_password": redis,
        "redis_url": f"redis://:{redis}@redis:6379/0\n",
        # Empty means not set: SMTP_URL may stand here or in .env.
        "smtp_url": "",
    }


def write_compose_files(folder: Path) -> list[Path]:
    """Write all of them into a new folder; whatever happens it has all or none."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadSetting(f"{folder} is not empty. No secret is ever replaced.")
    draft = folder.absolute().with_name(f".{folder.absolute().name}.unfinished")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        for name, text in compose_files().items():
            # The folder is closed to others; the files are read by the containers' own users.
            write_new(draft / name, text, mode=0o644)
        draft.rename(folder)
    except OSError as problem:
        raise BadSetting(f"{folder} cannot be written: {problem.strerror}.") from problem
    return [folder / name for name in compose_files()]
