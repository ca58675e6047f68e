"""A tiny application that takes its time, for the web server's tests."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable
from typing import Any


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the process's id; slowly, or with what is set aside, where the path says so."""
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1.5)
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/aside":
        return [str(gc.get_freeze_count()).encode()]
    return [str(os.getpid()).encode()]
