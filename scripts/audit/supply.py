"""What we are built on: its list, its licences, its known holes, and our own expressions."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from audit.outcome import FOLDER, HOME, NotAsked, Outcome
from audit.tools import python_tool, run

BIN = Path(sys.executable).parent
# Given to the tool's own Python: every expression that any of our modules holds compiled.
LOOK = """
import json, re, sys
from regexploit.ast.sre import SreOpParser
from regexploit.redos import find
for where, pattern, flags in json.load(open(sys.argv[1])):
    try:
        # It knows no possessive repeat; the greedy one in its place can only take longer.
        greedy = re.sub(r"(?<!\\\\)([*+?}])\\+", r"\\1", pattern)
        for found in find(SreOpParser().parse_sre(greedy, flags)):
            if found.starriness > 2:
                print(where, repr(pattern)[:80], found.starriness, sep="\\t")
    except Exception as problem:
        print(where, repr(pattern)[:80], type(problem).__name__, sep="\\t")
"""


def sbom() -> Outcome:
    """Write the list of all parts (CycloneDX) beside the audit, and have it validated."""
    path = FOLDER / "sbom.json"
    made = run(
        [
            *(str(BIN / "cyclonedx-py"), "requirements", str(HOME / "requirements.lock")),
            *("--pyproject", str(HOME / "pyproject.toml"), "--output-reproducible"),
            *("--sv", "1.6", "--validate", "-o", str(path)),
        ],
        120,
    )
    if made.returncode:
        return Outcome("var/audit/sbom.json", [made.stderr.strip()[-300:]])
    listed = {
        (part["name"], part["version"]) for part in json.loads(path.read_text())["components"]
    }
    lock = (HOME / "requirements.lock").read_text()
    pinned = set(re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", lock))
    missing = [f"{name} {version} is not listed" for name, version in sorted(pinned - listed)]
    return Outcome(f"{len(listed)} parts, var/audit/sbom.json, valid CycloneDX 1.6", missing)


def licences() -> Outcome:
    """Compare docs/licences.md with what the installed packages say."""
    done = run([sys.executable, str(HOME / "scripts" / "licences.py"), "--check"], 60)
    return Outcome("docs/licences.md", [done.stdout + done.stderr] if done.returncode else [])


def known_holes() -> Outcome:
    """Ask for advisories about every pinned package; "not found" is no pass (safety.md, H9)."""
    tool = str(python_tool("pip-audit") / "pip-audit")
    told = FOLDER / "pip-audit.json"
    told.unlink(missing_ok=True)
    lock = str(HOME / "requirements.lock")
    asked = ["--strict", "--require-hashes", "--disable-pip", "-r", lock]
    done = run([tool, *asked, "--progress-spinner", "off", "-f", "json", "-o", str(told)], 300)
    if not told.exists():
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise NotAsked(f"pip-audit --strict could not ask: {said[:120]}")
    packages = json.loads(told.read_text())["dependencies"]
    skipped = [one for one in packages if one.get("skip_reason")]
    if skipped:
        raise NotAsked(f"pip-audit knows nothing of {len(skipped)} of {len(packages)} packages")
    holes = [f"{one['name']}: {hole['id']}" for one in packages for hole in one["vulns"]]
    return Outcome(f"{len(packages)} packages", holes)


def expressions() -> Outcome:
    """Have every regular expression of ours looked at for running times that explode."""
    tool = python_tool("regexploit")
    listed = FOLDER / "expressions.json"
    here = {"PYTHONPATH": f"{HOME}:{HOME / 'scripts'}"}
    done = run([sys.executable, "-m", "audit.expressions", str(listed)], 120, here)
    if done.returncode:
        raise NotAsked(f"our modules could not be read: {done.stderr[-200:]}")
    done = run([str(tool / "python"), "-c", LOOK, str(listed)], 300)
    if done.returncode:
        raise NotAsked(f"regexploit: {done.stderr[-200:]}")
    said = done.stdout.splitlines()
    if not any(one.startswith("planted") for one in said):
        raise NotAsked("regexploit does not find the planted expression")
    found = [one for one in said if not one.startswith("planted")]
    return Outcome(f"{len(json.loads(listed.read_text())) - 1} expressions", found)
