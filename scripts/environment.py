"""Bring .venv to what a lock file says; standard library only, safe when run twice at once."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv"
PYTHON = VENV / "bin" / "python"
HASHED = ("--require-hashes", "--no-deps", "--requirement")


def main(lock: Path) -> None:
    """Install a lock file, unless exactly it has been installed already."""
    stamp = VENV / f"{lock.name}.installed"
    if is_current(lock, stamp):
        return
    with (HOME / ".venv.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if is_current(lock, stamp):
            return
        print(f"Installing {lock.name} into .venv (only when it changes) …", flush=True)
        make_venv()
        install(lock)
        write(stamp, lock.read_bytes())


def is_current(lock: Path, stamp: Path) -> bool:
    """Whether the stamp holds exactly this lock and the environment's Python still runs."""
    return stamp.exists() and stamp.read_bytes() == lock.read_bytes() and runs("import sys")


def runs(code: str) -> bool:
    """Whether the environment's Python can do this."""
    if not PYTHON.exists():
        return False
    quiet = subprocess.DEVNULL
    return subprocess.run([PYTHON, "-c", code], stderr=quiet, check=False).returncode == 0


def make_venv() -> None:
    """Make the environment where there is none that works."""
    if runs("import sys"):
        return
    uv = shutil.which("uv")
    if uv and call(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV):
        return
    try:
        import ensurepip  # noqa: F401 - Debian leaves it out of python3
    except ImportError:
        stop("This Python cannot make virtual environments (on Debian: apt install python3-venv).")
    if not call(sys.executable, "-m", "venv", "--clear", VENV):
        stop("The virtual environment .venv could not be made; the reason stands above.")


def install(lock: Path) -> None:
    """Install every package of the lock, by hash; with uv where there is one, else with pip."""
    uv = shutil.which("uv")
    if uv and call(uv, "pip", "install", "--quiet", "--python", PYTHON, *HASHED, lock):
        return
    if not runs("import pip"):
        call(PYTHON, "-m", "ensurepip", "--default-pip")
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
    if not call(*pip, *HASHED, lock):
        stop(f"{lock.name} could not be installed; the reason stands above.")


def call(*command: str | Path) -> bool:
    """Run a command; say whether it went well."""
    environ = {**os.environ, "PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, cwd=HOME, env=environ, check=False).returncode == 0


def write(stamp: Path, text: bytes) -> None:
    """Write the stamp whole or not at all."""
    draft = stamp.with_suffix(f".{os.getpid()}")
    draft.write_bytes(text)
    draft.replace(stamp)


def stop(sentence: str) -> None:
    """End with a sentence."""
    raise SystemExit(sentence)


if __name__ == "__main__":
    main(HOME / sys.argv[1])
