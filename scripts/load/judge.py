"""Which promises were kept: what was not is a finding. No time is one, but that of a recovery."""

from __future__ import annotations

import re
from dataclasses import asdict

from load import audit, figures
from load.client import BARE, BROKEN, FINE
from load.evening import Evening
from load.service import Site

BAD = re.compile(r" (ERROR|CRITICAL) |Traceback")
LEAST_TO_CAST = 180.0
# Without the queue or the mail server nobody who looks at pages notices anything.
SEEN_ON_PAGES = "postgres"


def calm(evening: Evening, seen: list[figures.Seen]) -> list[figures.Seen]:
    """Return what was asked for neither during the fault nor soon after it."""
    fault = evening.began_fault, evening.ended_fault
    return [one for one in seen if not figures.under_fault(one, *fault)]


def pages(evening: Evening, seen: list[figures.Seen]) -> None:
    """Find what was not fine where nothing was wrong, and what was not in words where it was."""
    alike = evening.wishes.fault != SEEN_ON_PAGES
    judged = set(seen if alike else calm(evening, seen))
    for one in seen:
        _due, kind, _took, status, verdict = one
        if verdict in {BARE, BROKEN} or (verdict != FINE and one in judged):
            evening.findings.append(f"{kind} came to {status}, {verdict}")


def recovery(evening: Evening, place: Site, seen: list[figures.Seen]) -> None:
    """Find what took too long to come back."""
    if not evening.ended_fault:
        return
    at = place.at(evening.ended_fault)
    found = {
        "pages": figures.seconds_until_pages(seen, evening.ended_fault),
        "letters": audit.seconds_until_letters(at),
        "all letters due by then": audit.seconds_until_caught_up(at),
    }
    evening.results["recovered"] = found
    for name, seconds in found.items():
        if seconds is not None and seconds > figures.RECOVERY:
            evening.findings.append(f"{name} recovered after {seconds:.1f} s")


def memory(evening: Evening) -> None:
    """Find whose memory grew, if there was time enough to tell."""
    assert evening.watch is not None
    told, sizes = evening.told, figures.grown([sizes for _at, sizes in evening.watch.memory])
    evening.results["memory_mb"] = {name: asdict(one) for name, one in sizes.items()}
    evening.results["shares"] = figures.shares(
        evening.watch.processors(), told["cpu"], told["seconds"]
    )
    if evening.wishes.seconds < LEAST_TO_CAST:
        return
    for name, one in sizes.items():
        if name != "all" and not one.flat:
            grew = f"grew from {one.early:.0f} to {one.late:.0f} MB"
            evening.findings.append(f"the memory of {name} {grew}")


def log(evening: Evening, place: Site) -> None:
    """Keep what the processes complained of; where nothing was gone they had no reason to."""
    evening.results["log"] = said = errors_in(place)
    if evening.wishes.fault == "none":
        lines = [f"{name} said: {line[:300]}" for name, bad in said.items() for line in bad]
        evening.findings += lines


def errors_in(place: Site) -> dict[str, list[str]]:
    """Return the different complaints of each process."""
    found = {}
    for name in place.service.commands:
        lines = place.service.said(name).splitlines()
        bad = {line.partition(" ")[2] for line in lines if BAD.search(line)}
        found[name] = sorted(bad)[:10]
    return found
