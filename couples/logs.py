"""The operator's log: one line for each thing that happened, with no words of people in it.

couples/log_lines.py knows what a line may hold, couples/alarms.py what is told of refusals.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import NoReturn, Unpack

from couples.log_lines import REQUEST, TASK, Event, Fields, Form


class Log:
    """Where a part of the service says what happened."""

    def __init__(self, name: str) -> None:
        """Speak under a name."""
        self.logger = logging.getLogger(name)

    def info(self, event: str, **fields: Unpack[Fields]) -> None:
        """Tell what an operator may want to know."""
        self._say(logging.INFO, event, fields)

    def warning(self, event: str, **fields: Unpack[Fields]) -> None:
        """Tell what mends itself, or what somebody was refused."""
        self._say(logging.WARNING, event, fields)

    def error(
        self, event: str, *, problem: BaseException | None = None, **fields: Unpack[Fields]
    ) -> None:
        """Tell what somebody has to look at; of a problem only its type and its lines of code."""
        self._say(logging.ERROR, event, fields, problem)

    def _say(
        self, level: int, event: str, fields: Fields, problem: BaseException | None = None
    ) -> None:
        if self.logger.isEnabledFor(level):
            # Told here, not handed on: no other handler can print its message.
            self.logger.log(level, Event(event, fields, problem))


def named(name: str) -> Log:
    """Return the log of one part of the service."""
    return Log(name)


def within_request(request_id: str | None) -> None:
    """Let the errors that this thread tells from now on say in which request they happened."""
    REQUEST.set(request_id)


def within_task(task_id: str | None) -> None:
    """Let what this thread tells from now on say for which task of the queue."""
    TASK.set(task_id)


_log = named("couples")
_form = Form("couples", as_json=False)


def start(process: str, wish: str = "") -> None:
    """Send everything this process says to standard error: as JSON, or as text on a terminal."""
    global _form
    as_json = wish == "json" or (wish != "text" and not sys.stderr.isatty())
    _form = Form(process, as_json=as_json)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_form)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("couples").setLevel(logging.INFO)
    # What Python and its logging say of themselves would hold messages and values.
    logging.captureWarnings(True)
    logging.raiseExceptions = False
    sys.excepthook = _uncaught
    threading.excepthook = lambda found: _uncaught(
        found.exc_type, found.exc_value, found.exc_traceback
    )
    sys.unraisablehook = lambda found: _uncaught(
        found.exc_type, found.exc_value, found.exc_traceback
    )


def _uncaught(
    kind: type[BaseException], problem: BaseException | None, _trace: TracebackType | None
) -> None:
    if not issubclass(kind, (KeyboardInterrupt, SystemExit)):
        _log.error("unforeseen", problem=problem)


def give_up(sentence: str, code: int = 1) -> NoReturn:
    """End this process and say why, in one sentence of ours."""
    if _form.as_json:
        _log.error("cannot go on", sentence=sentence)
    else:
        print(sentence, file=sys.stderr)
    sys.exit(code)
