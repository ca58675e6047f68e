"""The whole embedded service at rest, and how soon it answers once it has been started before."""

from __future__ import annotations

import http.client
import os
import signal
import statistics
import subprocess
import time
import uuid
import zipfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.goals import GOALS
from bench.ground import Ground
from bench.results import Result
from bench.samples import quartiles
from tests.servers import free_port

HOME = Path(__file__).resolve().parent.parent
PATIENCE = 120.0
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# What the system says of a page of memory: that it is there, and that it is a file's.
THERE_OF_FILE = 1 << 63 | 1 << 61
# What the wheel holds: see pyproject.toml.
IN_WHEEL = ("couples", "tasks", "templates", "wsgi.py")
NOT_IN_WHEEL = {"__pycache__"}


def measure(ground: Ground) -> list[Result]:
    """Start the service some times; look at it while nobody asks for anything."""
    size, folder = ground.size, ground.folder / uuid.uuid4().hex[:12]
    folder.mkdir()
    if size.apart:
        with running(folder):
            pass  # the first start makes keys and tables
    starts = []
    for _start in range(size.starts):
        with running(folder) as (process, seconds):
            starts.append(seconds)
            if len(starts) == size.starts:
                time.sleep(size.settle_seconds)
                memory, share = at_rest(process, size.idle_seconds)
    start = statistics.median(starts)
    words = f"share of a core at rest, {size.idle_seconds:g} s"
    return [
        Result("memory at rest (files counted once)", "SQLite", memory, "MB", goal=GOALS["memory"]),
        Result(words, "SQLite", share, "%", goal=GOALS["rest"]),
        Result("second ./run until the first page", "SQLite", start, "s",
               spread=quartiles(starts), goal=GOALS["start"]),
        Result("wheel", "", wheel(ground.folder) / 1e6, "MB"),
    ]  # fmt: skip


@contextmanager
def running(folder: Path) -> Iterator[tuple[int, float]]:
    """Run the service as it comes; give its process, and after how many seconds a page came."""
    port = free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environ = {**kept, "DATA_DIR": str(folder), "WEB_PORT": str(port)}
    began = time.perf_counter()
    with folder.with_suffix(".log").open("ab") as log:
        process = subprocess.Popen(
            ["./run"], cwd=HOME, env=environ, stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_for_page(port, process)
        yield process.pid, time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for_page(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    raise RuntimeError("the service did not start")


def at_rest(process: int, seconds: float) -> tuple[float, float]:
    """Return the memory of a process and all it started, in MB, and the share of a core it uses."""
    memory = taken(tree(process)) / 1e6
    before = sum(ticks(one) for one in tree(process))
    time.sleep(seconds)
    used = sum(ticks(one) for one in tree(process)) - before
    return memory, 100 * used / TICK / seconds


def tree(process: int) -> list[int]:
    """Return a process and all that it has started, itself first."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in tree(int(child)))]


def taken(processes: list[int]) -> int:
    """Return the bytes processes take together, as if nobody else shared what they have mapped.

    Each page of a file counts once, and whole: PSS would count less of it beside the bench's own
    Pythons than on a machine of the service's own.
    """
    files = set[tuple[str, str, int]]().union(*(file_pages(one) for one in processes))
    return sum(own(one) for one in processes) + len(files) * PAGE


def own(process: int) -> int:
    """Return the bytes of a process that are no file's; what forked ones share in parts."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:")) * 1024


def file_pages(process: int) -> set[tuple[str, str, int]]:
    """Return which pages of which files a process has mapped and in memory."""
    found = set()
    with Path(f"/proc/{process}/pagemap").open("rb", buffering=0) as pages:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            span, _modes, offset, device, inode = line.split()[:5]
            if inode == "0":
                continue
            begin, end = (int(part, 16) // PAGE for part in span.split("-"))
            pages.seek(begin * 8)
            said, first = array("Q", pages.read((end - begin) * 8)), int(offset, 16) // PAGE
            there = (place for place, one in enumerate(said) if not ~one & THERE_OF_FILE)
            found |= {(device, inode, first + place) for place in there}
    return found


def ticks(process: int) -> int:
    """Return how much of the processors a process has used, in the system's ticks."""
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])


def wheel(folder: Path) -> int:
    """Return the bytes of an archive of what the wheel holds, packed as a wheel is."""
    archive = folder / "wheel.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in IN_WHEEL:
            for path in sorted([HOME / name, *(HOME / name).rglob("*")]):
                if path.is_file() and not NOT_IN_WHEEL & set(path.parts):
                    packed.write(path, path.relative_to(HOME))
    size = archive.stat().st_size
    archive.unlink()
    return size
