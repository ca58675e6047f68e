"""Every page of the tests' world through W3C's checker, and the long fuzz of all forms."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

from audit.outcome import FOLDER, HOME, NotAsked, Outcome
from audit.tools import java, node_tool, run

HERE = {"PYTHONPATH": f"{HOME}:{HOME / 'scripts'}"}
FUZZ = "tests/test_fuzz.py"
# What the checker of styles does not know yet; browsers that don't either leave it out.
UNKNOWN_YET = ("“field-sizing”: Property “field-sizing” doesn't exist.",)


def checked() -> Outcome:
    """Have vnu look at the HTML, CSS and SVG of every page, signed out and in, errors too."""
    jar = node_tool("vnu-jar") / "build" / "dist" / "vnu.jar"
    folder = FOLDER / "pages"
    written = run([sys.executable, "-m", "audit.write_pages", str(folder)], 600, HERE)
    if written.returncode:
        raise NotAsked(f"the pages could not be written: {written.stderr[-300:]}")
    for path in (HOME / "couples" / "static").glob("*.[cs][sv][sg]"):
        shutil.copy(path, folder / path.name)
    what = ["--also-check-css", "--also-check-svg", "--format", "json", str(folder)]
    done = run([java(), "-Xmx1g", "-jar", str(jar), *what], 900)
    try:
        said = json.loads(done.stderr)["messages"]
    except ValueError:
        raise NotAsked(f"vnu: {done.stderr[-200:]}") from None
    (FOLDER / "vnu.json").write_text(json.dumps(said, indent=1))
    kinds = [len(list(folder.glob(f"*.{kind}"))) for kind in ("html", "css", "svg")]
    looked = "{} pages, {} stylesheets, {} pictures".format(*kinds)
    found = sorted({worded(one) for one in said})
    new = [one for one in found if not one.endswith(UNKNOWN_YET)]
    explained = f", {len(found) - len(new)} explained" if len(found) > len(new) else ""
    return Outcome(looked + explained, new)


def worded(message: dict[str, object]) -> str:
    """Return one finding on one line; alike ones of many pages alike."""
    name = Path(str(message.get("url"))).name
    name = re.sub(r"^\w+-", "", name) if name.endswith(".html") else name
    text = " ".join(str(message.get("message")).split())
    return f"{name}: {message.get('subType') or message.get('type')}: {text}"


def fuzzed() -> Outcome:
    """Play the fuzz of the tests for much longer."""
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "--soak", "--rootdir", str(HOME)]
    done = run([*command, "-c", str(HOME / "pyproject.toml"), str(HOME / FUZZ)], 1800, HERE)
    (FOLDER / "fuzz.txt").write_text(done.stdout + done.stderr)
    passed = re.search(r"(\d+) passed", done.stdout)
    if done.returncode not in {0, 1}:
        raise NotAsked(f"the fuzz could not be played: {(done.stdout + done.stderr)[-300:]}")
    failed = re.findall(r"^FAILED (.*)$", done.stdout, re.MULTILINE)
    failed += ["it ended with 1, see var/audit/fuzz.txt"] if done.returncode and not failed else []
    return Outcome(f"{passed[1] if passed else 0} properties held", failed)


def file_name(address: str, who: str | None, text: str) -> str:
    """Return a name that tells where a page was seen, and differs from every other."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:10]
    return f"{mark}-{who or 'nobody'}{re.sub(r'[^a-z]+', '-', address.lower())[:60]}.html"
