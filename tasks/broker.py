"""How messages travel: Celery's settings, the same for who sends and who works."""

from __future__ import annotations

from typing import Any

from couples.settings import Settings

UNROUTED = "celery"
QUEUES = {
    "tasks.mail.*": "letters",
    "tasks.surveys.*": "rounds",
    "tasks.housekeeping.*": "keeping",
}


def configuration(settings: Settings) -> dict[str, Any]:
    """Return Celery's settings: JSON, ids only, late acknowledgement, no results."""
    return {
        "broker_url": settings.redis_url,
        "broker_transport_options": transport(settings),
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        "task_store_errors_even_if_ignored": False,
        "timezone": "UTC",
        "enable_utc": True,
        **queues(),
    }


def queues() -> dict[str, Any]:
    """Return which task waits in which queue; a worker told nothing else takes from all of them.

    `celery -A tasks worker -Q letters` takes letters alone: a long opening keeps none of them
    back then (docs/scaling.md). What an earlier release still sends has no queue of its own.
    """
    return {
        "task_default_queue": UNROUTED,
        "task_queues": {name: {} for name in (UNROUTED, *QUEUES.values())},
        "task_routes": {tasks: {"queue": name} for tasks, name in QUEUES.items()},
        # A name nobody takes from would be a place where letters wait for ever.
        "task_create_missing_queues": False,
    }


def transport(settings: Settings) -> dict[str, Any]:
    """Return how long a task may be out before somebody else gets it, and who looks how often."""
    return {
        "visibility_timeout": settings.visibility_seconds,
        "unacked_restore_interval": min(10, settings.visibility_seconds),
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
    }
