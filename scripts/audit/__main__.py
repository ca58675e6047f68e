"""`./run audit [STEP …]`: every step, or those named; any finding makes it fail."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

from audit import attacks, pages, supply
from audit.outcome import FOLDER, NotAsked, Outcome, line, verdict

STEPS: dict[str, Callable[[], Outcome]] = {
    "sbom": supply.sbom,
    "licences": supply.licences,
    "pip-audit": supply.known_holes,
    "regexploit": supply.expressions,
    "vnu": pages.checked,
    "observatory": attacks.observatory,
    "fuzz": pages.fuzzed,
    "wapiti signed out": partial(attacks.wapiti, signed_in=False),
    "wapiti signed in": partial(attacks.wapiti, signed_in=True),
    "sqlmap": attacks.sqlmap,
}


def main(wanted: list[str]) -> int:
    """Run the steps; print what each found, and a summary."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    outcomes, summary = [], []
    for name in wanted or STEPS:
        began = time.monotonic()
        outcome = asked(STEPS[name])
        outcomes.append(outcome)
        summary.append(line(name, outcome, time.monotonic() - began))
        print(summary[-1], flush=True)
        for one in outcome.findings if isinstance(outcome, Outcome) else ():
            print(f"    {one}", flush=True)
    code, said = verdict(outcomes)
    (FOLDER / "summary.txt").write_text("\n".join([*summary, said, ""]), encoding="utf-8")
    print("", *summary, said, sep="\n")
    return code


def asked(step: Callable[[], Outcome]) -> Outcome | NotAsked:
    """Do one step; a tool that is not there has not passed."""
    try:
        return step()
    except NotAsked as reason:
        return reason


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
