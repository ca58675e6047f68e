"""Other people's tools: installed beside the service, never in its environment or its locks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from audit.outcome import FOLDER, NotAsked

# What was asked last; a newer one may find more. Of wapiti the newest that this Python can run.
PYTHON_TOOLS = {
    "wapiti": "wapiti3>=3.2.3",
    "sqlmap": "sqlmap==1.10.10",
    "regexploit": "regexploit==1.0.0",
    "pip-audit": "pip-audit==2.10.1",
}
NODE_TOOLS = {"vnu-jar": "26.9.27", "@mdn/mdn-http-observatory": "1.4.8"}


def run(
    command: list[str], seconds: float, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a tool with low priority; one that hangs is stopped, and counts as not asked."""
    nice = ["nice", "-n", "10"] if shutil.which("nice") else []
    try:
        return subprocess.run(
            [*nice, *command],
            cwd=FOLDER,
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NotAsked(f"{Path(command[0]).name}: {type(problem).__name__}") from None


def python_tool(name: str) -> Path:
    """Return the folder of programs of an environment that has this tool and nothing of ours."""
    place = FOLDER / "tools" / name
    programs, stamp = place / "bin", place / "installed"
    if stamp.exists() and stamp.read_text() == PYTHON_TOOLS[name]:
        return programs
    made = run([sys.executable, "-m", "venv", "--clear", str(place)], 120)
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", PYTHON_TOOLS[name]]
    done = made if made.returncode else run(pip, 600)
    if done.returncode:
        said = " ".join(done.stderr.split())[-160:]
        raise NotAsked(f"{PYTHON_TOOLS[name]} could not be installed: {said}")
    stamp.write_text(PYTHON_TOOLS[name])
    return programs


def node_tool(name: str) -> Path:
    """Return the folder of a package of npm; what it would do on installing is not done."""
    if not shutil.which("npm"):
        raise NotAsked("npm is missing (on Debian: apt install npm)")
    place = FOLDER / "tools" / "node"
    package = place / "node_modules" / name
    about = package / "package.json"
    if not about.exists() or json.loads(about.read_text())["version"] != NODE_TOOLS[name]:
        place.mkdir(parents=True, exist_ok=True)
        asked = ["npm", "install", "--prefix", str(place), "--ignore-scripts", "--no-audit"]
        if run([*asked, "--no-fund", f"{name}@{NODE_TOOLS[name]}"], 600).returncode:
            raise NotAsked(f"{name} could not be installed from npm")
    return package


def java() -> str:
    """Return the program that runs vnu."""
    found = shutil.which("java")
    if not found:
        raise NotAsked("Java is missing (on Debian: apt install default-jre-headless)")
    return found
