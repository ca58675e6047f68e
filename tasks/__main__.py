"""`python -m tasks FILE`: the one worker of `couples up`, which keeps the clock too.

Celery's own command brings a shell with colours and completion along, which takes as much memory
as a third of the application; the worker behind it is the same.
"""

from __future__ import annotations

import sys

from tasks.celery import app, settings


def main(clock_file: str) -> int:
    """Work until told to stop; the file remembers what the clock did."""
    worker = app.Worker(
        pool_cls="threads",
        concurrency=settings.worker_threads,
        clock=clock_file,
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
