"""The house's forbidden patterns: what no type checker, linter or bandit looks for.

Each rule is a question about one node of the syntax tree. What stands in EXCEPT is allowed there
and nowhere else, for the reason that is named; one that is no longer needed is a finding too.
Messages that wait in the queue are looked for by tests/tasks/test_no_eta.py, what services may
import by scripts/check_shape.py, what templates may hold by scripts/check_templates.py.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from syntax import arguments, called, has_true, imported, is_built, last, owner

HOME = Path(__file__).resolve().parent.parent
FOLDERS = ("couples", "tasks")
Rule = Callable[[ast.AST], bool]

EXCEPT = {
    ("couples/dashboard/words.py", "markup of a value"): "the translator's sentence is ours",
    ("couples/catalogues.py", "markup of a value"): "the translator's sentence is ours, as above",
    ("couples/dashboard/picture/inline.py", "markup of a value"): "numbers, and each text escaped",
    ("couples/clock.py", "the time from elsewhere"): "here it comes from",
    ("couples/limits.py", "the time from elsewhere"): "the limiter counts in the machine's time",
    ("couples/doctor/base.py", "the time from elsewhere"): "compares the machine with the database",
    ("couples/mail/sending/rates.py", "the time from elsewhere"): "the limiter's time, as above",
    ("couples/environ.py", "the environment"): "here it is read",
    (
        "couples/mail/sending/breaker.py",
        "chance that can be guessed",
    ): "scatters waiting, no secret",
    (
        "couples/mail/sending/retries.py",
        "chance that can be guessed",
    ): "scatters waiting, no secret",
    ("couples/mail/sending/breaker.py", "words in a log"): "what the mail server answered",
    ("couples/processes.py", "words in a log"): "the number a process ended with",
    ("couples/logs.py", "a log without a form"): "here it gets one",
    ("couples/log_lines.py", "a log without a form"): "the form itself",
    ("couples/serving.py", "a log without a form"): "keeps the web server quieter",
    ("couples/engine.py", "a statement put together"): "pragmas take no values; ours are constant",
    ("couples/web.py", "the request's host"): "compares Origin with a host that is trusted",
    ("couples/accounts/passkeys/place.py", "the request's host"): "compares it with our own",
    ("couples/backup.py", "a statement put together"): "a pragma takes no values; it is a number",
    ("couples/db.py", "a commit outside the transaction"): "here it is made",
    ("couples/migrate.py", "a commit outside the transaction"): "migrations run without sessions",
}
SQL = {"text", "execute", "exec_driver_sql", "scalar", "scalars"}
CODE_OF_DATA = {
    "eval",
    "exec",
    "__import__",
    "popen",
    "compile_expression",
    "from_string",
}
CODE_OF_DATA |= {"render_template_string"}
LOADERS = {"pickle", "cPickle", "dill", "marshal", "shelve", "yaml", "jsonpickle"}
CALLERS = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client"}
RETURNS = {"next", "url", "return", "return_to", "redirect", "goto", "continue", "target"}
WORDS = {
    "address", "answer", "answers", "body", "code", "comment", "cookie", "data", "email", "form",
    "letter", "display_name", "note", "password", "secret", "sentence", "subject", "text", "token",
    "url", "username", "wording", "words",
}  # fmt: skip
LOGGING = {"debug", "info", "warning", "error", "exception", "critical"}
WATCHING = ("seen", "read_at", "last_seen", "streak", "opened_by", "viewed", "typing", "presence")
HOSTS = {"host", "host_url", "url_root", "base_url", "url"}


def makes_markup(node: ast.AST) -> bool:
    """Markup of anything but a constant: what a person wrote could come through unescaped."""
    given = arguments(node)[:1]
    return called(node) == "Markup" and any(not isinstance(one, ast.Constant) for one in given)


def builds_sql(node: ast.AST) -> bool:
    """A statement put together out of pieces instead of bound values."""
    return called(node) in SQL and any(is_built(one) for one in arguments(node)[:1])


def runs_data(node: ast.AST) -> bool:
    """Data that becomes code: eval, templates out of texts, loaders of objects, shells."""
    is_ours = called(node) in CODE_OF_DATA and not (
        called(node) in {"eval", "exec"} and owner(node)
    )
    if is_ours or has_true(node, "shell") or (owner(node), called(node)) == ("os", "system"):
        return True
    return any(name.partition(".")[0] in LOADERS for name in imported(node))


def takes_all(node: ast.AST) -> bool:
    """A form poured into an object: fields nobody listed would be set (ASVS 15.3.3)."""
    if called(node) == "populate_obj":
        return True
    given = node.keywords if isinstance(node, ast.Call) else []
    stars = [{last(part) for part in ast.walk(one.value)} for one in given if not one.arg]
    return any("request" in names and names & {"form", "args", "values", "json"} for names in stars)


def follows(node: ast.AST) -> bool:
    """A way back taken from the request: an open redirect (ASVS 3.7.2)."""
    names = arguments(node)[:1]
    asks = called(node) in {"get", "getlist"} and owner(node) in {"args", "values", "form"}
    if asks and any(isinstance(one, ast.Constant) and one.value in RETURNS for one in names):
        return True
    parts = [last(part) for one in names for part in ast.walk(one)]
    return called(node) == "redirect" and "request" in parts


def tells_time(node: ast.AST) -> bool:
    """The time from anywhere but couples/clock.py."""
    names = {"datetime": {"now", "utcnow", "today"}, "date": {"today"}, "time": {"time", "time_ns"}}
    return called(node) in names.get(owner(node), ()) or bool(imported(node) & {"time.time"})


def reads_environment(node: ast.AST) -> bool:
    """A setting that Settings does not know."""
    is_environ = isinstance(node, ast.Attribute) and owner(node) == "os"
    return is_environ and last(node) in {"environ", "getenv", "environb", "putenv"}


def guesses(node: ast.AST) -> bool:
    """Chance that can be guessed, where `secrets` or SystemRandom is meant."""
    if isinstance(node, ast.ImportFrom) and node.module == "random":
        return any(alias.name != "SystemRandom" for alias in node.names)
    return isinstance(node, ast.Import) and "random" in imported(node)


def logs_words(node: ast.AST) -> bool:
    """A log line that is put together, or is given what a person wrote (B11)."""
    if called(node) not in LOGGING or owner(node) not in {"log", "logger", "logging"}:
        return False
    given = arguments(node)
    return any(is_built(one) for one in given[:1]) or any(last(one) in WORDS for one in given)


def logs_past_form(node: ast.AST) -> bool:
    """A log that couples/logs.py does not know: its lines could hold anything (16.2.5)."""
    is_last_resort = called(node) == "print_exc" or owner(node) == "logger"
    return is_last_resort or bool(imported(node) & {"logging", "traceback"})


def calls_out(node: ast.AST) -> bool:
    """A request to elsewhere (ASVS 1.3.6): letters go through couples/mail alone."""
    return bool(imported(node) & CALLERS)


def trusts_host(node: ast.AST) -> bool:
    """A link made out of the request's host instead of the configured address (E7)."""
    is_host = isinstance(node, ast.Attribute) and owner(node) == "request" and node.attr in HOSTS
    return has_true(node, "_external") or is_host


def commits(node: ast.AST) -> bool:
    """A commit that @transaction() does not know of."""
    return called(node) == "commit"


def watches(node: ast.AST) -> bool:
    """A column that holds what somebody looked at, and when (B5)."""
    if not isinstance(node, ast.AnnAssign) or "Mapped" not in ast.dump(node.annotation):
        return False
    return any(
        mark in last(node.target).split("_") or last(node.target) == mark for mark in WATCHING
    )


RULES: dict[str, Rule] = {
    "markup of a value": makes_markup,
    "a statement put together": builds_sql,
    "data that becomes code": runs_data,
    "a form taken whole": takes_all,
    "a way back from the request": follows,
    "the time from elsewhere": tells_time,
    "the environment": reads_environment,
    "chance that can be guessed": guesses,
    "words in a log": logs_words,
    "a log without a form": logs_past_form,
    "a call to elsewhere": calls_out,
    "the request's host": trusts_host,
    "a commit outside the transaction": commits,
    "a column that watches": watches,
}


def problems(source: str) -> Iterator[tuple[int, str]]:
    """Give the line and the rule of everything forbidden in one source."""
    for node in ast.walk(ast.parse(source)):
        for name, is_bad in RULES.items():
            if is_bad(node):
                yield getattr(node, "lineno", 0), name


def main() -> int:
    """Look through the package and the tasks; name what is forbidden."""
    files = [path for folder in FOLDERS for path in sorted((HOME / folder).rglob("*.py"))]
    found, needed = [], set()
    for path in [*files, HOME / "wsgi.py"]:
        name = path.relative_to(HOME).as_posix()
        for line, rule in problems(path.read_text(encoding="utf-8")):
            needed.add((name, rule))
            found += [] if (name, rule) in EXCEPT else [f"{name}:{line}: {rule}"]
    found += [
        f"{name}: {rule} is allowed and no longer there" for name, rule in EXCEPT.keys() - needed
    ]
    print(*found, f"{len(RULES)} rules, {len(files)} files, {len(found)} problems", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
