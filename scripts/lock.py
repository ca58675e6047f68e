"""Compile both lock files: for every platform, with hashes, without naming any registry."""

from __future__ import annotations

import subprocess
import sys

COMPILE = (
    *("-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-header", "--quiet", "pyproject.toml"),
)


def main() -> None:
    """Write requirements.lock and requirements-dev.lock; further words go to the compiler."""
    for name, group in (("requirements", ()), ("requirements-dev", ("--group", "dev"))):
        command = [sys.executable, *COMPILE, *group, "-o", f"{name}.lock", *sys.argv[1:]]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
