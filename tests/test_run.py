"""`couples up` with real processes: it starts, stops, heals, and refuses in one sentence."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from couples import embedded
from couples.sealing import KeyRing

HOME = Path(__file__).parent.parent


class Up:
    """One `couples up` in a folder of its own, on a port the system chooses."""

    def __init__(self, folder: Path, **changes: str) -> None:
        self.folder = folder
        self.log = folder.parent / f"{folder.name}-{time.monotonic_ns()}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "couples", "up"],
                cwd=HOME,
                env=environ(folder, **changes),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self.log.read_text()

    def ready(self, seconds: float = 60) -> float:
        """Wait for the line that says where to open it; return the seconds it names."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            found = re.search(r"is open at http://127.0.0.1:(\d+) \((.*) s\)", self.said())
            if found:
                self.port = int(found[1])
                return float(found[2])
            time.sleep(0.05)
        raise AssertionError(f"it did not start: {self.said()}")

    def status(self, path: str = "/healthz") -> int | None:
        """The status of the health page, or None while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def children(self) -> dict[str, psutil.Process]:
        """Web, worker and queue."""
        names = {"couples": "web", "tasks": "worker", "valkey-server": "queue"}
        found: dict[str, psutil.Process] = {}
        for child in psutil.Process(self.process.pid).children():
            try:
                line = " ".join(child.cmdline())
            except psutil.Error:  # it died just now
                continue
            found |= {names[word]: child for word in names if f"-m {word} " in line or word in line}
        return found

    def ended(self, seconds: float = 30) -> int:
        return self.process.wait(seconds)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.ended()


def environ(folder: Path, **changes: str) -> dict[str, str]:
    """An environment without any setting but those of the test."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"DATA_DIR": str(folder), "WEB_PORT": "0", "TICK_SECONDS": "1"} | changes


def run(*words: str, folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run one command of `couples` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "couples", *words],
        cwd=HOME,
        env=environ(folder, **changes),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def said_next(service: Up) -> bool:
    """Whether it has said what the operator does next."""
    return "Next: PUBLIC_URL" in service.said()


def until(met: Callable[[], bool], seconds: float = 30) -> bool:
    """Wait until a condition is met; say whether it was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if met():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which nothing was ever started."""
    return tmp_path / "var"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the service has run once."""
    folder = tmp_path_factory.mktemp("begun") / "var"
    service = Up(folder)
    service.ready()
    assert service.stop() == 0
    return folder


@pytest.fixture
def old_folder(begun: Path, folder: Path) -> Path:
    """A copy of that folder."""
    shutil.copytree(begun, folder)
    return folder


@pytest.fixture
def up(folder: Path) -> Iterator[Callable[..., Up]]:
    """Starts services and ends them after the test, whatever happened."""
    started: list[Up] = []

    def start(**changes: str) -> Up:
        started.append(Up(folder, **changes))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.terminate()
            try:
                one.process.wait(20)
            except subprocess.TimeoutExpired:
                one.process.kill()


def test_the_first_start_greets_answers_and_keeps_everything_to_its_owner(
    up: Callable[..., Up], folder: Path
) -> None:
    service = up()
    service.ready()
    assert service.status() == 200
    assert until(lambda: "Welcome" in service.said())
    assert until(partial(said_next, service))
    for word in ("Address", "HTTPS", "Operator", "Mail", "Backups"):
        assert f"\n  {word:<10}not yet   " in service.said()
    assert "/letters" in service.said()
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert until(lambda: any((folder / "clock").iterdir())), service.said()
    assert set(service.children()) == {"web", "worker", "queue"}
    assert "ended" not in service.said()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_ends_every_process_within_seconds(
    up: Callable[..., Up], number: int, old_folder: Path
) -> None:
    service = up()
    service.ready()
    everybody = psutil.Process(service.process.pid).children(recursive=True)
    began = time.monotonic()
    assert service.stop(number) == 0
    assert time.monotonic() - began < 12
    assert psutil.wait_procs(everybody, timeout=2)[1] == []


def test_a_second_start_is_ready_within_three_seconds_and_loses_nothing(
    up: Callable[..., Up], old_folder: Path
) -> None:
    before = {name: (old_folder / name).read_bytes() for name in ("secret_key", "sealing_keys")}
    seconds = []
    for _ in range(2):
        service = up()
        seconds.append(service.ready())
        assert service.status() == 200
        assert until(partial(said_next, service))
        assert "Welcome" not in service.said()
        assert "not yet" not in service.said()
        service.stop()
    # Where other work waits for the cores too, everything takes longer by as much.
    crowd = max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert min(seconds) <= 3 * crowd
    assert {name: (old_folder / name).read_bytes() for name in before} == before


def test_a_child_that_dies_is_started_again(up: Callable[..., Up], old_folder: Path) -> None:
    service = up()
    service.ready()
    for name in ("web", "queue", "worker"):
        old = service.children()[name]
        old.kill()

        def is_back(name: str = name, old: psutil.Process = old) -> bool:
            return bool(service.children().get(name, old).pid != old.pid)

        assert until(is_back), service.said()
    assert until(lambda: service.status() == 200)
    assert service.stop() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_children_end_with_a_killed_supervisor(up: Callable[..., Up], old_folder: Path) -> None:
    service = up(WEB_PROCESSES="2")
    service.ready()
    everybody = psutil.Process(service.process.pid).children(recursive=True)
    assert len(everybody) >= 5
    service.process.kill()
    assert psutil.wait_procs(everybody, timeout=30)[1] == []


def test_after_a_power_cut_the_next_start_goes_on(up: Callable[..., Up], old_folder: Path) -> None:
    service = up()
    service.ready()
    whole = psutil.Process(service.process.pid)
    for process in [whole, *whole.children(recursive=True)]:
        process.kill()
    service.ended()
    kept = next((old_folder / "queue" / embedded.KEPT).glob("*.incr.aof"))
    os.truncate(kept, max(0, kept.stat().st_size - 3))
    # Its port and password are of a queue that is gone; the schedule was being written.
    assert (old_folder / "queue" / embedded.URL_FILE).exists()
    for file in (old_folder / "clock").iterdir():
        os.truncate(file, file.stat().st_size // 2)
    again = up()
    again.ready()
    assert until(lambda: again.status("/healthz/letters") == 200), again.said()
    assert again.status("/readyz") == 200
    assert again.stop() == 0


def test_S1_no_new_key_is_made_for_an_old_database(up: Callable[..., Up], old_folder: Path) -> None:
    for name, variable in (("sealing_keys", "SEALING_KEYS"), ("secret_key", "SECRET_KEY")):
        text = (old_folder / name).read_bytes()
        (old_folder / name).unlink()
        refused = up()
        assert refused.ended() == 1
        assert str(old_folder / name) in refused.said()
        assert variable in refused.said()
        assert len(refused.said().splitlines()) == 1
        assert not (old_folder / name).exists()
        (old_folder / name).write_bytes(text)


def test_S1_other_keys_than_the_databases_own_are_refused(
    up: Callable[..., Up], old_folder: Path
) -> None:
    (old_folder / "sealing_keys").write_text(KeyRing.new().text())
    refused = up()
    assert refused.ended() == 1
    assert "SEALING_KEYS does not fit this database" in refused.said()
    assert "Traceback" not in refused.said()


def test_two_services_on_one_folder_refuse(up: Callable[..., Up], old_folder: Path) -> None:
    service = up()
    service.ready()
    second = up()
    assert second.ended() == 1
    assert f"already runs on {old_folder}" in second.said()
    assert len(second.said().splitlines()) == 1
    assert service.status() == 200


def test_a_port_that_is_taken_is_named(up: Callable[..., Up]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        service = up(WEB_PORT=str(taken.getsockname()[1]))
        assert service.ended() == 1
    assert "WEB_PORT" in service.said()
    assert len(service.said().splitlines()) == 1


def test_a_setting_that_is_nonsense_is_named(up: Callable[..., Up]) -> None:
    service = up(WEB_THREADS="many")
    assert service.ended() == 1
    said = json.loads(service.said())
    assert said["sentence"] == "WEB_THREADS must be a whole number from 1 to 64."


def test_the_doctor_says_what_works(up: Callable[..., Up], old_folder: Path) -> None:
    service = up()
    service.ready()
    assert until(lambda: service.status("/healthz/letters") == 200)
    found = run("doctor", folder=old_folder)
    assert found.returncode == 0, found.stdout + found.stderr
    for sentence in (
        "The settings can be read", "tables are up to date", "The queue answers",
        "The timetable is kept", "No letter is late",
    ):  # fmt: skip
        assert sentence in found.stdout
    ill = run("doctor", folder=old_folder, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert ill.returncode == 1
    assert "DATABASE_URL" in ill.stdout


def test_rotating_keys_waits_until_the_service_has_stopped(
    up: Callable[..., Up], old_folder: Path
) -> None:
    service = up()
    service.ready()
    refused = run("rotate-keys", folder=old_folder)
    assert refused.returncode == 1
    assert "already runs" in refused.stderr
    service.stop()
    done = run("rotate-keys", folder=old_folder)
    assert done.returncode == 0, done.stderr
    ring = KeyRing.parse((old_folder / "sealing_keys").read_text())
    assert ring.active == "k2"
    assert (old_folder / "sealing_keys").stat().st_mode & 0o777 == 0o600
    again = up()
    again.ready()
    assert again.status() == 200


def test_new_keys_for_compose_are_written_once(tmp_path: Path, folder: Path) -> None:
    place = tmp_path / "secrets"
    first = run("new-keys", str(place), folder=folder)
    assert first.returncode == 0, first.stderr
    assert place.stat().st_mode & 0o777 == 0o700
    assert KeyRing.parse((place / "sealing_keys").read_text()).active == "k1"
    second = run("new-keys", str(place), folder=folder)
    assert second.returncode == 1
    assert "not empty" in second.stderr


def test_the_shell_script_lists_what_it_does() -> None:
    found = subprocess.run([HOME / "run", "help"], capture_output=True, text=True, check=True)
    for word in ("./run ", "./run test", "./run check", "./run demo"):
        assert word in found.stdout
    assert len((HOME / "run").read_text().splitlines()) <= 60


def test_the_demo_is_filled_in_once_and_needs_no_start_before(folder: Path) -> None:
    first = run("demo", folder=folder)
    assert first.returncode == 0, first.stderr
    assert "sign in" in first.stdout
    second = run("demo", folder=folder)
    assert second.returncode == 1
    assert len(second.stderr.splitlines()) == 1
