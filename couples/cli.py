"""The command `couples`: what an operator does. Heavy imports stay inside the commands."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from couples import cli_inside, cli_people, logs
from couples.settings import BadSetting, Settings, log_format, process_environ

if TYPE_CHECKING:
    from couples.backup import Settled


def main() -> None:
    """Run a command; what cannot be is said in one sentence."""
    process = next((word for word in sys.argv[1:] if word in commands.commands), "couples")
    logs.start(process, log_format())
    from couples.folder import InUse
    from couples.supervisor import CannotStart

    try:
        commands(prog_name="couples")
    except (BadSetting, CannotStart, InUse) as problem:
        logs.give_up(str(problem))
    except SystemExit as end:
        # What the server's module says while it is loaded.
        if isinstance(end.code, str):
            logs.give_up(end.code)
        raise


@click.group()
def commands() -> None:
    """Facing Pages: two people, one agreement, one check-in by email."""


for command in (cli_people.sign_out, cli_people.codes_off, cli_inside.plan, cli_inside.ping):
    commands.add_command(command)


@commands.command()
def up() -> None:
    """Start everything and keep it running until Ctrl-C."""
    from couples import supervisor

    supervisor.up()


@commands.command()
@click.option("--fd", type=int, help="An open listening socket to serve on.")
@click.option("--app", default="wsgi:app", show_default=True, help="What to serve.")
def web(fd: int | None, app: str) -> None:
    """Serve the pages alone, without queue and worker."""
    import socket

    from couples import processes, serving

    settings = Settings.from_process()
    if fd is None:
        listener = processes.listening_socket(settings.web_host, settings.web_port)
    else:
        listener = socket.socket(fileno=fd)
    serving.serve(app, settings, listener)


@commands.command()
@click.option("--quiet", is_flag=True, help="Say nothing when all is well.")
def migrate(quiet: bool) -> None:
    """Bring the tables up to date and check that the keys fit them."""
    from couples import upkeep

    upkeep.migrate(with_keys())
    if not quiet:
        click.echo("The tables are up to date and the keys fit.")


@commands.command()
@click.argument("message")
def revision(message: str) -> None:
    """Write a migration from what the models say beyond the newest one."""
    import tempfile

    from couples import migrate as tables

    with tempfile.TemporaryDirectory() as empty:
        url = f"sqlite:///{empty}/empty.db"
        tables.migrate(url)
        tables.write_revision(url, message)


def with_keys() -> Settings:
    """Return the settings, after making the folder and the keys of a new database."""
    from couples import folder, keys
    from couples.settings import Reader

    environ = process_environ()
    folder.make(Reader(environ).data_dir())
    keys.ensure(environ)
    return Settings.from_process()


@commands.command()
def demo() -> None:
    """Fill in a demo couple with half a year of history."""
    from couples import upkeep

    settings = with_keys()
    upkeep.migrate(settings)
    click.echo(upkeep.fill_demo(settings))


@commands.command("rotate-keys")
def rotate_keys() -> None:
    """Add a new sealing key and seal everything with it; stop the service before.

    One that was cut off goes on, also while the service runs.
    """
    from couples import rotation

    settings = Settings.from_process()
    count = rotation.rotate(settings, process_environ())
    click.echo(f"Sealed {count} values anew. Old keys stay in the file: backups need them.")


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the embedded database into FILE, also while it runs; keys are not in it."""
    from couples import backup as backups

    settings, now = _at_our_time()
    backups.back_up(settings, file, now)
    click.echo(f"{file} holds everything but the keys.")
    click.echo(f"An empty machine also needs them, and who is erased: {settings.erased_file}")


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--taken", help="When it was made, where it does not say so itself.")
def restore(file: Path, taken: str | None) -> None:
    """Put a backup in the database's place; stop the service before."""
    from couples import backup as backups

    taken_at = _time(taken) if taken else None
    settings, now = _at_our_time()
    settled = backups.restore(settings, file, taken_at, now)
    if settled.aside:
        click.echo(f"What was there before is {settled.aside}: delete it once all is well.")
    _tell(settled)


@commands.command("settle-restored")
@click.option("--taken", required=True, help="When the backup was made: 2026-09-01T02:00+02:00")
def settle_restored(taken: str) -> None:
    """Settle a database that pg_restore has put back; stop the service before."""
    from couples import backup as backups

    taken_at = _time(taken)
    settings, now = _at_our_time()
    _tell(backups.settle_restored(settings, taken_at, now))


def _at_our_time() -> tuple[Settings, datetime]:
    from couples import clock

    settings = Settings.from_process()
    clock.use_offset_file(settings.clock_file)
    return settings, clock.now()


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} is no time like 2026-09-01T02:00+02:00.") from None
    if found.tzinfo is None:
        raise click.BadParameter(f"{text} lacks its offset, such as +02:00.")
    return found


def _tell(settled: Settled) -> None:
    click.echo(
        f"Letters that may have gone already and go no more: {settled.unknown}. People erased "
        f"again: {settled.erased}. Everybody signs in anew."
    )
    if not settled.is_listed:
        click.echo("There was no list of erased accounts (ERASED_FILE): nobody was looked for.")


@commands.command("new-keys")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("secrets"))
def new_keys(folder: Path) -> None:
    """Write fresh secrets for docker-compose.yml into a folder; existing ones stay."""
    from couples import keys

    for path in keys.write_compose_files(folder):
        click.echo(path)


@commands.command("returned-mail")
@click.argument("source", required=False, type=click.Path(exists=True, path_type=Path))
def returned_mail(source: Path | None) -> None:
    """Read mail that came back: a message from standard input or a file, or a Maildir's new ones.

    Ends with 0 once it is read, whatever it says, and with 75 where it should be tried again.
    """
    from couples import upkeep

    if source is not None and source.is_dir() and not (source / "new").is_dir():
        raise click.BadParameter(f"{source} is no Maildir: it has no folder `new`.")
    sys.exit(upkeep.take_returned_mail(source))


@commands.command()
def doctor() -> None:
    """Say in words what works, what does not, and what to do."""
    from couples import doctor as checks

    sys.exit(checks.report(process_environ()))


@commands.command("send-test-letter")
@click.argument("address")
def send_test_letter(address: str) -> None:
    """Send one neutral letter to ADDRESS, and say what the mail server answered."""
    from couples.doctor import trial

    is_taken, sentence = trial.send(Settings.from_process(), address)
    click.echo(sentence)
    sys.exit(0 if is_taken else 1)
