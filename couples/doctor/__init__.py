"""`couples doctor`: what works, what does not, and what to do about it, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import click

from couples import clock, greeting
from couples.doctor import base, help_lines, letters, mail_server, names, room, sender
from couples.doctor.findings import BAD, Finding, bad, ok
from couples.settings import BadSetting, Settings

Check = Callable[[Settings], Iterable[Finding]]


def report(environ: Mapping[str, str], ask: names.Names | None = None) -> int:
    """Print what is set and what is found; return 0 when it can run and letters can arrive.

    `ask` answers questions about names in place of the system's resolver.
    """
    try:
        settings = Settings.from_environ(environ)
    except BadSetting as problem:
        say(bad(str(problem)))
        return 1
    clock.use_offset_file(settings.clock_file)
    click.echo("\n".join(greeting.overview(settings, clock.now())))
    found = [ok("The settings can be read.")]
    say(found[0])
    for finding in examine(settings, ask or names.Names()):
        say(finding)
        found.append(finding)
    return 1 if any(one.mark == BAD for one in found) else 0


def examine(settings: Settings, ask: names.Names) -> Iterable[Finding]:
    """Give what every check finds, in the order in which an operator would look."""
    checks: tuple[Check, ...] = (
        room.check, base.database, base.key_fit, base.erased_list, base.queue, base.left_aside,
        base.figures, mail_server.check, sender.address, letters.check, help_lines.check,
    )  # fmt: skip
    for check in checks:
        yield from check(settings)
    yield from sender.in_the_dns(settings, ask)


def say(finding: Finding) -> None:
    """Print one finding."""
    click.echo(f"{finding.mark:4}  {finding.words}")
