"""What a monitor may measure, in Prometheus' form: whether all goes on, and how long pages take.

No name, address, page or act of anybody is in it. On a server of a few, counts alone would tell
one partner when the other was here, so they are left out there (docs/decisions/0034).
"""

from __future__ import annotations

import hmac
import shutil
import time
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from couples import clock, environ, figures_now, web
from couples.errors import NotFound
from couples.settings import Settings

FOLDER = "figures"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
UNCOUNTED = frozenset({"healthz", "healthz_letters", "readyz", "metrics"})


def start(app: Flask, settings: Settings) -> None:
    """Measure, and offer what was measured at /metrics to whoever knows METRICS_TOKEN."""
    if settings.metrics_token is None:
        return
    folder = settings.data_dir / FOLDER
    # The processes of one web server add up their counts here, from their start on.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    environ.tell_library("PROMETHEUS_MULTIPROC_DIR", str(folder))
    app.extensions["figures"] = counters()
    app.before_request(lambda: setattr(g, "begun", time.perf_counter()))
    app.after_request(_count)
    app.add_url_rule("/metrics", view_func=web.open_door(web.same_for_all(metrics)))


def counters() -> Any:
    """Return the histogram of pages; only here is the library loaded, which takes two megabytes."""
    from prometheus_client import CollectorRegistry, Histogram

    return Histogram(
        "pages_answer_seconds",
        "Time until an answer was ready, by kind of page and what became of it.",
        ["kind", "outcome"],
        buckets=BOUNDS,
        registry=CollectorRegistry(),
    )


def _count(response: Response) -> Response:
    if "begun" in g and request.endpoint not in UNCOUNTED:
        seconds = time.perf_counter() - g.begun
        kind, outcome = kind_of(), outcome_of(response.status_code)
        current_app.extensions["figures"].labels(kind, outcome).observe(seconds)
    return response


def kind_of() -> str:
    """Return the kind of what was asked for: a file, an open page, or one of a person's own."""
    if request.endpoint == "static":
        return "file"
    view = current_app.view_functions.get(request.endpoint or "")
    return "open" if view is None or getattr(view, "open_door", False) else "own"


def outcome_of(status: int) -> str:
    """Return what became of a request; that a form was saved looks like a page that was read."""
    return "answered" if status < 400 else "refused" if status < 500 else "failed"


def metrics() -> ResponseReturnValue:
    """Give all figures; without the token there is no such page (rule S7)."""
    settings: Settings = current_app.extensions["settings"]
    if not _is_known(settings.metrics_token or ""):
        raise NotFound
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    now = figures_now.Now(settings, clock.now())
    registry = CollectorRegistry()
    registry.register(now)
    if now.are_many:
        MultiProcessCollector(registry, str(settings.data_dir / FOLDER))  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _is_known(token: str) -> bool:
    given = request.authorization
    said = (given.token or "") if given is not None and given.type == "bearer" else ""
    # As bytes: a header may hold anything, and only ASCII text can be compared.
    return hmac.compare_digest(said.encode(), token.encode())
