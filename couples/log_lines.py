"""What a line of the operator's log may hold, and how it looks.

An event is a sentence of ours, always the same, with fields from a closed list; a value that does
not look as its field should is left out. Of an error its type and its lines of code are told, never
its message: that may hold what somebody typed. docs/decisions/0029-the-operators-log.md says why.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypedDict

NAME = r"[A-Za-z_][A-Za-z0-9_.-]{0,79}"
NUMBER = r"-?[0-9]{1,12}(\.[0-9]{1,3})?"
# How each field looks; what looks otherwise is not told.
FIELDS: Final = {
    "kind": NAME,
    "letter": r"[A-Za-z0-9_-]{22}",
    # Ours, or the numbers of a mail server's answer.
    "why": r"[A-Za-z0-9 ,.;:()='-]{1,120}",
    "where": r"[A-Za-z0-9_./<>:+-]{1,160}",
    "child": NAME,
    "task": NAME,
    "service": NAME,
    "endpoint": NAME,
    "source": r"[0-9a-f]{12}",
    "request": r"[A-Za-z0-9-]{8,64}",
    "task_id": r"[A-Za-z0-9-]{8,64}",
    "status": NUMBER,
    "count": NUMBER,
    "seconds": NUMBER,
}
# What a setting is and what to do, or why a command cannot go on: whole sentences of ours.
SENTENCE = "sentence"
FRAMES = 20
CHAIN = 8
HERE = Path(__file__).parent.parent
# What others say without a form may hold anything, even a path: of them only these are passed on.
KNOWN = frozenset(
    {
        "Rate limit storage unreachable - falling back to in-memory storage",
        "Rate limit storage recovered",
        "Socket error",
        "server accept() threw an exception",
    }
)
ELSEWHERE = "said by a library"


# What is being done while a line is written: a request of the web server, or a task of a worker.
REQUEST: ContextVar[str | None] = ContextVar("request", default=None)
TASK: ContextVar[str | None] = ContextVar("task", default=None)


class Fields(TypedDict, total=False):
    """What a line of the log may tell beside its event."""

    kind: str | None
    letter: str
    why: object
    where: str
    child: str
    task: str
    service: str
    endpoint: str | None
    source: str | None
    request: str
    task_id: str
    status: int | None
    count: int
    seconds: float
    sentence: str


class Event:
    """A sentence of ours with its fields, as a record of the log holds it."""

    def __init__(self, name: str, fields: Fields, problem: BaseException | None = None) -> None:
        """Take what may be told."""
        self.name, self.told = name, {**dict(checked(fields)), **error_of(problem)}

    def __str__(self) -> str:
        return _readable(self.name, self.told)


def checked(fields: Fields) -> Iterator[tuple[str, object]]:
    """Give the fields that look as they should."""
    for name, value in fields.items():
        if value is None:
            continue
        text = str(value)
        if name == SENTENCE:
            yield name, text
        elif name in FIELDS:
            fits = re.fullmatch(FIELDS[name], text, re.ASCII)
            yield name, (value if isinstance(value, (int, float)) else text) if fits else "?"


class Form(logging.Formatter):
    """Makes a line of a record, ours or another's."""

    def __init__(self, process: str, *, as_json: bool) -> None:
        """Remember which process this is."""
        super().__init__()
        self.process, self.as_json = process, as_json

    def format(self, record: logging.LogRecord) -> str:
        """Return one line: control characters, quotes and line ends are escaped."""
        event, told = event_of(record)
        told |= error_of(record.exc_info[1] if record.exc_info else None)
        told |= dict(checked(within(record.levelno or 0)))
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": at.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "event": event,
            "process": self.process,
            "pid": record.process,
            **told,
        }
        return json.dumps(line) if self.as_json else in_text(line, told)


def within(level: int) -> Fields:
    """Return which task a line belongs to, or of an error which request.

    No refusal says in which request it was: the log of a proxy would tell whose that is.
    """
    task, request = TASK.get(), REQUEST.get()
    if task is not None:
        return {"task_id": task}
    return {"request": request} if request is not None and level >= logging.ERROR else {}


def in_text(line: dict[str, Any], told: dict[str, Any]) -> str:
    """Return the same for somebody who reads it on a terminal."""
    words = f"{line['time']} {line['level']} {line['logger']}: {_readable(line['event'], told)}"
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in words)


def _readable(event: str, told: dict[str, Any]) -> str:
    """Return an event and its fields as one sentence; one of ours says all by itself."""
    if SENTENCE in told:
        return str(told[SENTENCE])
    parts = (
        f"{name}={' < '.join(value) if isinstance(value, list) else value}"
        for name, value in told.items()
    )
    more = ", ".join(parts)
    return f"{event} ({more})" if more else event


def event_of(record: logging.LogRecord) -> tuple[str, dict[str, Any]]:
    """Return what happened; of another's record its form, never what was filled in."""
    if isinstance(record.msg, Event):
        return record.msg.name, dict(record.msg.told)
    where = f"{Path(record.pathname).parent.name}/{record.filename}:{record.lineno}"
    told: Fields = {"where": where}
    if record.name == "py.warnings":
        return "a warning of Python", dict(checked({"where": _warned_at(record)}))
    form = str(record.msg)
    if isinstance(record.args, dict) and isinstance(record.args.get("name"), str):
        told["task"] = record.args["name"]
    is_form = bool(record.args) and "%" in form
    return " ".join(form.split()) if is_form or form in KNOWN else ELSEWHERE, dict(checked(told))


def _warned_at(record: logging.LogRecord) -> str:
    """Return where a warning came from and of which kind it is; its text may hold anything."""
    found = re.match(rf"(?:.*/)?([^/\s]+/[^/\s]+:\d+): ({NAME}):", record.getMessage())
    return f"{found[1]}:{found[2]}" if found else "unknown"


def error_of(problem: BaseException | None) -> dict[str, Any]:
    """Return an error's type, what led to it, and the lines of code; never a message or a value."""
    if problem is None:
        return {}
    chain = [problem]
    while len(chain) < CHAIN and (cause := chain[-1].__cause__ or chain[-1].__context__):
        chain.append(cause)
    found = [type(one).__module__ + "." + type(one).__qualname__ for one in chain]
    frames = traceback.StackSummary.extract(
        traceback.walk_tb(chain[0].__traceback__), lookup_lines=False
    )
    told = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-FRAMES:]]
    number = next((one.errno for one in chain if isinstance(one, OSError) and one.errno), None)
    more = {"errno": number} if number else {}
    return {"error": found[0].removeprefix("builtins."), **_causes(found), **more, "frames": told}


def _causes(found: list[str]) -> dict[str, Any]:
    return {"causes": [name.removeprefix("builtins.") for name in found[1:]]} if found[1:] else {}


def _short(filename: str) -> str:
    """Return a file's name without the folders of this machine."""
    for mark in ("site-packages/", f"{HERE}/", "/lib/"):
        _, found, rest = filename.rpartition(mark)
        if found:
            return rest
    return Path(filename).name
