"""`./run check`: everything that can be said about the code without running it as a service."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
CODE = ("couples", "tasks", "scripts", "wsgi.py")

STEPS: dict[str, list[str]] = {
    "style": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "types": [str(BIN / "mypy"), "couples", "tasks", "wsgi.py", "scripts", "tests", "bench"],
    "architecture": [str(BIN / "lint-imports"), "--no-logo"],
    "shape": [PYTHON, "scripts/check_shape.py"],
    "patterns": [PYTHON, "scripts/check_patterns.py"],
    "words": [PYTHON, "scripts/check_words.py"],
    "bandit": [str(BIN / "bandit"), "-q", "-c", "pyproject.toml", "-r", *CODE],
    "texts": [PYTHON, "scripts/texts.py", "--check"],
    "templates": [PYTHON, "scripts/check_templates.py"],
    "template style": [str(BIN / "djlint"), "templates", "--lint", "--quiet"],
    "expanding": [PYTHON, "scripts/expand_only.py"],
    "migrations": [PYTHON, "scripts/check_migrations.py"],
}


def main(wanted: list[str]) -> int:
    """Run all steps, or those named; return 0 when all are well."""
    failed = [name for name in wanted or STEPS if not passes(name)]
    print(f"check: {', '.join(failed)} failed" if failed else "check: all is well")
    return 1 if failed else 0


def passes(name: str) -> bool:
    """Run one step; show what it says only when it fails."""
    began = time.monotonic()
    done = subprocess.run(STEPS[name], cwd=HOME, capture_output=True, text=True, check=False)
    word = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:16}{word:8}{time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
