"""docker-compose.yml says only what the code understands."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml
from celery.bin.celery import celery as celery_commands

from couples import embedded, keys
from couples.cli import commands
from couples.settings import Settings

HOME = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((HOME / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "facing-pages"]


# Files that an operator has or has not, and one that the service writes; new-keys writes none.
FROM_THE_OPERATOR = {"HELP_LINES_FILE", "PROMPTS_FILE", "DKIM_KEY_FILE", "ERASED_FILE"}
# The clock makes its own.
NONE_OF_ITS_OWN = {"SECRET_KEY_FILE", "SEALING_KEYS_FILE"}
# What proves a monitor is asked for by pages, and by nothing else.
OF_PAGES = {"METRICS_TOKEN"}


class Noted(dict[str, str]):
    """An environment that remembers what was asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)


@pytest.fixture(scope="module")
def understood() -> set[str]:
    """Every variable that Settings reads."""
    environ = Noted(
        {
            "SECRET_KEY": keys.compose_files()["secret_key"],
            "SEALING_KEYS": keys.compose_files()["sealing_keys"],
        }
    )
    Settings.from_environ(environ)
    return environ.asked


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_settings_reads(name: str, understood: set[str]) -> None:
    assert set(SERVICES[name]["environment"]) <= understood


def test_every_variable_of_the_example_is_one_that_settings_reads(understood: set[str]) -> None:
    text = (HOME / ".env.example").read_text()
    found = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
    assert found - understood == {"PUBLISHED_PORT"}
    twins = {f"{name}_FILE" for name in understood}
    for_operators = understood - twins - {"TEST_CLOCK_FILE"}
    assert for_operators <= found, "a setting is missing in .env.example"


def test_every_variable_taken_from_outside_stands_in_the_example() -> None:
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (HOME / "docker-compose.yml").read_text()))
    found = set(re.findall(r"^#?([A-Z_]+)=", (HOME / ".env.example").read_text(), re.MULTILINE))
    assert asked <= found


def test_every_setting_of_the_example_reaches_the_services() -> None:
    found = set(re.findall(r"^#?([A-Z_]+)=", (HOME / ".env.example").read_text(), re.MULTILINE))
    for name in OURS:
        given = {one.removesuffix("_FILE") for one in SERVICES[name]["environment"]}
        # HELP_LINES_FILE and DKIM_KEY_FILE lose their ending too: they are files by themselves.
        absent = {"PUBLISHED_PORT"} if name == "web" else {"PUBLISHED_PORT"} | OF_PAGES
        assert {one.removesuffix("_FILE") for one in found} - given == absent


def test_the_defaults_of_compose_are_ones_that_settings_takes() -> None:
    environ = {
        name: re.sub(r"\$\{\w+:-(.*)}", r"\1", value)
        for name, value in SERVICES["web"]["environment"].items()
        if not name.endswith("_FILE") and ":?" not in value
    }
    fresh = keys.compose_files()
    files = {"smtp_url", "database_url", "redis_url", "secret_key", "sealing_keys"}
    secrets = {name.upper(): fresh[name] for name in files}
    needed = {"PUBLIC_URL": "https://pages.example.org", "MAIL_FROM": "pages@example.org"}
    settings = Settings.from_environ(environ | secrets | needed)
    assert settings.captures_letters
    assert settings.redis_url
    assert settings.proxy_hops == 1


def test_the_queue_is_the_containers_own_process_and_ends_when_asked(tmp_path: Path) -> None:
    service = SERVICES["redis"]
    assert service["init"] is True
    queue = embedded.Queue(tmp_path, embedded.free_port(), "aword")
    (tmp_path / "redis_password").write_text(queue.password)
    (tmp_path / "redis-server").symlink_to(embedded.server())
    words = [word.replace("$$", "$") for word in service["command"]]
    words[-1] = (
        words[-1]
        .replace("/run/secrets", str(tmp_path))
        .replace("--dir /data", f"--dir {tmp_path} --port {queue.port}")
    )
    environ = {"PATH": f"{tmp_path}:{os.defpath}"}
    with subprocess.Popen(words, env=environ, stdout=subprocess.DEVNULL) as process:
        assert embedded.wait_until_ready(queue)
        assert "redis-server" in psutil.Process(process.pid).cmdline()[0]
        assert psutil.Process(process.pid).children() == []
        process.terminate()
        assert process.wait(10) == 0


def test_the_same_image_runs_web_worker_clock_and_migrations() -> None:
    assert set(OURS) == {"migrate", "web", "worker", "clock"}
    assert set(SERVICES) - set(OURS) == {"postgres", "redis"}


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists(name: str) -> None:
    words = [re.sub(r"\$\{\w+:-(.*)}", r"\1", word) for word in SERVICES[name]["command"]]
    if words[0] == "sh":
        assert "python -m couples new-keys" in words[2] and "new-keys" in commands.commands
        words = shlex.split(words[2].rpartition("exec ")[2])
    if words[0] == "celery":
        celery_commands.make_context("celery", words[1:])
        assert next(word for word in words[1:] if not word.startswith("-")) in {"worker", "beat"}
    else:
        assert words[:3] == ["python", "-m", "couples"]
        assert words[3] in commands.commands


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_every_lasting_service_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


def test_secrets_come_from_files_that_new_keys_writes() -> None:
    files = {secret["file"] for secret in COMPOSE["secrets"].values()}
    assert files == {f"./secrets/{name}" for name in keys.compose_files()}
    for service in SERVICES.values():
        assert set(service["secrets"]) <= set(COMPOSE["secrets"])
        for variable, path in service["environment"].items() if "environment" in service else ():
            if variable.endswith("_FILE") and variable not in FROM_THE_OPERATOR | NONE_OF_ITS_OWN:
                assert not path or path.removeprefix("/run/secrets/") in service["secrets"]


def test_13_3_2_each_service_gets_the_secrets_it_needs_and_no_other(tmp_path: Path) -> None:
    ours = {"secret_key", "sealing_keys", "database_url"}
    needed = {
        "migrate": ours,
        "web": ours | {"redis_url"},
        "worker": ours | {"redis_url", "smtp_url"},
        "clock": {"redis_url"},
        "postgres": {"postgres_password"},
        "redis": {"redis_password"},
    }
    assert {name: set(service["secrets"]) for name, service in SERVICES.items()} == needed
    for path in keys.write_compose_files(tmp_path / "secrets"):
        assert path.name in {name for names in needed.values() for name in names}
    for name in OURS:
        given = SERVICES[name]["environment"]
        assert bool(given["SMTP_URL"]) == bool(given["SMTP_URL_FILE"]) == (name == "worker")
        # The clock's own keys are made as the others are, and fit nothing.
        files = {
            variable: str(tmp_path / "secrets" / Path(given[variable]).name)
            for variable in ("SECRET_KEY_FILE", "SEALING_KEYS_FILE", "DATABASE_URL_FILE")
            if given[variable]
        }
        settings = Settings.from_environ({**files, "MAIL_FROM": "pages@example.org"})
        assert settings.database_url.startswith("sqlite" if name == "clock" else "postgresql")


def test_the_key_that_signs_letters_is_one_that_the_operator_names_or_none() -> None:
    for name in OURS:
        service = SERVICES[name]
        assert service["environment"]["DKIM_KEY_FILE"] == "${DKIM_KEY_FILE:+/run/dkim_key}"
        assert {"source": "dkim_key", "target": "/run/dkim_key"} in service["configs"]
    assert COMPOSE["configs"]["dkim_key"]["file"] == "${DKIM_KEY_FILE:-/dev/null}"


def test_nothing_is_published_beyond_this_machine() -> None:
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_volumes_are_declared() -> None:
    for service in SERVICES.values():
        used = {volume.partition(":")[0] for volume in service.get("volumes", ())}
        assert used <= set(COMPOSE["volumes"])


def test_the_image_runs_as_nobody_special_from_the_hashed_lock() -> None:
    text = (HOME / "Dockerfile").read_text()
    assert re.search(r"^USER pages$", text, re.MULTILINE)
    assert "--require-hashes" in text
    copied = re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE)
    ignored = (HOME / ".dockerignore").read_text().split()
    for name in copied:
        assert (HOME / name).exists()
        assert f"!{name}" in ignored
    command = re.findall(r"^(?:CMD|    CMD) (\[.*\])$", text, re.MULTILINE)
    for words in map(shlex.split, (line.replace(",", "").strip("[]") for line in command)):
        assert words[3] in commands.commands
