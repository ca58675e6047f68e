"""What the service asks of itself: commands that nobody types."""

from __future__ import annotations

import sys

import click

from couples.settings import Settings, process_environ


@click.command(hidden=True)
def plan() -> None:
    """Make keys where there are none, and say as JSON what `up` has to know."""
    from couples import plan as plans

    click.echo(plans.write(process_environ()))


@click.command(hidden=True)
def ping() -> None:
    """Ask the health page of this container's web server."""
    from couples.supervisor import complaint

    settings = Settings.from_process()
    address = (settings.web_host, settings.web_port)
    sys.exit(complaint(address, settings.public_host, 5))
