"""The supervisor gives up in a sentence where a child does not come up."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from couples.processes import Child
from couples.sealing import KeyRing
from couples.settings import new_secret_key
from tests.test_run import HOME, Up, environ, until

PREPARE = """
    import os, socket, sys, time
    from pathlib import Path
    from couples import supervisor
    from couples.processes import Child, Signals

    supervisor.PATIENCE = 0.5
    listener = socket.create_server(("127.0.0.1", 0))
    plan = {"public_host": "127.0.0.1"}
    service = supervisor.Service(plan, Path(os.environ["DATA_DIR"]), dict(os.environ), listener)
"""


def supervise(folder: Path, what: str) -> str:
    """Run a supervisor of its own, which has signals of its own; return its last sentence."""
    keys = {"SECRET_KEY": new_secret_key(), "SEALING_KEYS": KeyRing.new().text()}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PREPARE) + textwrap.dedent(what)],
        cwd=HOME,
        env=environ(folder, **keys),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return (done.stderr or "silence").splitlines()[-1]


def test_pages_that_do_not_answer_end_the_wait(tmp_path: Path) -> None:
    said = supervise(
        tmp_path,
        """
        service.add(Child("web", [sys.executable, "-c", "import time; time.sleep(60)"], {}))
        try:
            service.wait_for_page(Signals())
        finally:
            service.stop()
        """,
    )
    assert "CannotStart: The pages do not answer: timed out." in said


def test_a_queue_server_that_dies_at_once_is_named_with_its_log(tmp_path: Path) -> None:
    said = supervise(
        tmp_path,
        """
        supervisor.PATIENCE = 30
        supervisor.complaint = lambda *_: "not yet"
        words = Path(os.environ["DATA_DIR"]) / "log"
        service.add(Child("queue", ["false"], {"PATH": os.defpath}, feed=b"x" * 10**6, words=words))
        service.wait_for_page(Signals())
        """,
    )
    assert f"CannotStart: The queue server did not start; see {tmp_path / 'log'}." in said


def test_children_that_do_not_end_are_killed_after_one_grace_and_not_one_after_the_other(
    tmp_path: Path,
) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True)"
    stubborn = [sys.executable, "-c", f"{deaf}; time.sleep(60)"]
    children = [Child(name, stubborn, {}, words=tmp_path / name, grace=1.5) for name in "abc"]
    for child in children:
        child.start()
    assert until(lambda: all((tmp_path / name).stat().st_size for name in "abc"))
    began = time.monotonic()
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_or_kill()
    assert time.monotonic() - began < 3 * 1.5
    assert not any(child.is_running for child in children)


def test_a_child_that_dies_before_it_has_read_is_no_error() -> None:
    child = Child("queue", ["false"], {"PATH": "/usr/bin:/bin"}, feed=b"x" * 10**6)
    child.start()
    assert child.process is not None
    assert child.process.wait(10) == 1
    assert not child.is_running


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def status(port: int, host: str) -> int:
    """The status of the health page at ::1, asked for under a name."""
    connection = http.client.HTTPConnection("::1", port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status


def test_the_service_opens_on_ipv6_under_a_name_or_says_that_it_cannot(tmp_path: Path) -> None:
    service = Up(tmp_path / "var", WEB_HOST="::1")
    if not has_ipv6():
        assert service.ended() == 1
        assert "WEB_HOST ::1 cannot be used" in service.said()
        return
    try:
        assert until(lambda: "is open at http://localhost:" in service.said())
        port = int(re.findall(r"http://localhost:(\d+)", service.said())[0])
        assert (status(port, "localhost"), status(port, "[::1]")) == (200, 400)
    finally:
        assert service.stop() == 0
