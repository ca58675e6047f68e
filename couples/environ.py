"""The environment of this process, which nothing else reads; light enough for the supervisor."""

from __future__ import annotations

import os

from couples.settings_reader import Reader

# Names of files, not what is in them.
KEY_FILES = {"SECRET_KEY": "secret_key", "SEALING_KEYS": "sealing_keys"}  # nosec B105


def process_environ() -> dict[str, str]:
    """Return this process's environment; keys set nowhere are looked for beside the database."""
    environ = dict(os.environ)
    folder = Reader(environ).data_dir()
    for name, file in KEY_FILES.items():
        if not environ.get(name) and not environ.get(f"{name}_FILE") and (folder / file).exists():
            environ[f"{name}_FILE"] = str(folder / file)
    return environ


def tell_library(name: str, value: str) -> None:
    """Set what a library reads from the environment, and from nowhere else."""
    os.environ[name] = value


def log_format() -> str:
    """Return how the log shall look; read before anything else, so that nothing is refused here."""
    return os.environ.get("LOG_FORMAT", "").strip()
