"""Other people's attacks against the running service, signed out and signed in."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

from audit.outcome import FOLDER, NotAsked, Outcome
from audit.service import Running, running
from audit.tools import node_tool, python_tool, run

# Left out: what needs a server on the internet to call back (ssrf, xxe, log4shell, spring4shell),
# a list that is fetched from there (nikto, htp, wapp, cms, wp_enum), or a mere guess of names
# (buster, brute_login_form), and `ldap`: there is no LDAP here, and it takes any page for a finding
# that shows again what was typed, as ours do on purpose. `csrf` (3.2.3) sends Content-Type twice,
# so that its right and its wrong token are refused alike; tests/test_bad_input.py tries each form.
# `ssl` looks at the certificate, which is the audit's own.
MODULES = (
    "backup", "cookieflags", "crlf", "csp", "exec", "file", "htaccess", "http_headers",
    "methods", "permanentxss", "redirect", "shellshock", "sql", "timesql", "upload", "xss",
)  # fmt: skip
# What ends the session that the attack needs, or takes the demo away. They have tests of their own.
ENDS = (
    "/signout", "/exit", "/settings/erase", "/settings/password", "/settings/sessions/end",
    "/settings/link/end", "/settings/sessions",
)  # fmt: skip
# How long the crawl and each kind of attack may take, and how long a tool may in all.
CRAWL, ATTACK, SECONDS = 120, 45, 1500


def wapiti(signed_in: bool) -> Outcome:
    """Let wapiti crawl and attack every page it finds."""
    tool = python_tool("wapiti")
    name = f"wapiti-{'in' if signed_in else 'out'}"
    with running(name) as service:
        report = FOLDER / f"{name}.json"
        report.unlink(missing_ok=True)
        run([str(tool / "wapiti"), *asked(service, signed_in, report)], SECONDS)
        if not report.exists():
            raise NotAsked("wapiti wrote no report")
        told = json.loads(report.read_text())
        found = [
            f"{kind}: {one['method']} {one['path']} {one['info']}"
            for group in ("vulnerabilities", "anomalies")
            for kind, each in told[group].items()
            for one in each
        ]
        pages = told["infos"].get("crawled_pages_nbr", 0)
        return Outcome(f"{pages} pages, {len(MODULES)} modules", found + service.complaints())


def asked(service: Running, signed_in: bool, report: Path) -> list[str]:
    """Return what wapiti is told."""
    store = FOLDER / report.stem
    shutil.rmtree(store, ignore_errors=True)
    cookie = ["-C", service.sign_in()] if signed_in else []
    left_out = [part for path in ENDS for part in ("-x", f"{service.url}{path}*")]
    return [
        # Over HTTPS a form without one is refused before anything in it is looked at.
        *("-H", f"Referer: {service.url}/"),
        *("-u", f"{service.url}/", "--scope", "domain", "-m", ",".join(MODULES)),
        *("--flush-session", "--store-session", str(store), "--store-config", str(store)),
        *("--no-bugreport", "--verify-ssl", "0", "-v", "1", "--tasks", "4", "-d", "6"),
        *("--max-scan-time", str(CRAWL), "--max-attack-time", str(ATTACK)),
        *("-S", "polite", "-f", "json", "-o", str(report), *cookie, *left_out),
    ]


def sqlmap() -> Outcome:
    """Let sqlmap try every form and every parameter that it finds as somebody signed in."""
    tool = python_tool("sqlmap")
    with running("sqlmap") as service:
        folder = FOLDER / "sqlmap"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        results = folder / "results.csv"
        done = run(
            [
                *(str(tool / "sqlmap"), "-u", f"{service.url}/", "--batch", "--forms"),
                *("--crawl", "3", "--crawl-exclude", "|".join(ENDS), "--threads", "2"),
                *("--cookie", service.sign_in(), "--dbms", "sqlite", "--technique", "BEUS"),
                *(
                    "--referer",
                    f"{service.url}/",
                    "--level",
                    "1",
                    "--risk",
                    "1",
                    "--skip",
                    "csrf_token",
                    "--disable-coloring",
                ),
                *("--results-file", str(results), "--output-dir", str(folder)),
                *("--ignore-code", "401,404,409,422", "--time-limit", str(SECONDS // 2)),
            ],
            SECONDS,
        )
        (folder / "said.txt").write_text(done.stdout + done.stderr)
        tried = done.stdout.count("] testing if ") + done.stdout.count("testing for SQL injection")
        if not tried:
            raise NotAsked(f"sqlmap tried nothing: {done.stdout.strip()[-200:]}")
        rows = list(csv.reader(results.read_text().splitlines())) if results.exists() else []
        found = [" ".join(row) for row in rows[1:] if len(row) > 3 and row[3].strip()]
        return Outcome(f"{tried} parameters", found + service.complaints())


def observatory() -> Outcome:
    """Have MDN's Observatory grade what comes over HTTPS, signed out."""
    package = node_tool("@mdn/mdn-http-observatory")
    # Written when the package is installed, from lists on the internet; localhost is on none.
    for name in ("hsts-preload.json", "tld-list.json"):
        if not (package / "conf" / name).exists():
            (package / "conf" / name).write_text("{}")
    with running("observatory") as service:
        host = service.url.removeprefix("https://")
        trust = {"NODE_EXTRA_CA_CERTS": str(service.certificate)}
        done = run(["node", str(package / "src" / "scan.js"), host], 120, trust)
        (FOLDER / "observatory.json").write_text(done.stdout)
        told = json.loads(done.stdout or '{"error": "it said nothing"}')
        if "scan" not in told:
            raise NotAsked(f"the observatory could not scan: {told['error']}")
        scan = told["scan"]
        found = [
            f"{name}: {one['result']}" for name, one in told["tests"].items() if not one["pass"]
        ]
        looked = f"grade {scan['grade']}, {scan['score']} points, "
        passed = f"{scan['testsPassed']} of {scan['testsQuantity']} tests passed"
        return Outcome(looked + passed, found + service.complaints())
