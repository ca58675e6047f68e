"""Everything else people do on their pages, and how often."""

from __future__ import annotations

import csv
import re
import time
from io import StringIO

from chaos.answering import by_letter, signed_in
from chaos.browser import Lost, filled
from chaos.driver import Act, Driver, Press
from chaos.journal import SawNumbers
from chaos.planning import propose, say_yes

PAGES = ("/overview", "/overview/mine", "/doc", "/doc/open", "/doc/versions", "/talks", "/settings",
         "/private", "/week", "/doc/mine", "/settings/seen")  # fmt: skip


def look(driver: Driver) -> None:
    """Look at some page."""
    driver.see(driver.random.choice(PAGES))


def read_numbers(driver: Driver) -> None:
    """Take the overview's numbers along."""
    began = time.time()
    page = driver.see("/overview/numbers.csv")
    rows = list(csv.reader(StringIO(page.text.lstrip("\ufeff"))))
    mine, theirs = driver.person.name, driver.person.partner
    if page.status != 200 or not rows or not {mine, theirs} <= set(rows[0]):
        return
    one, two = rows[0].index(mine), rows[0].index(theirs)
    kept = [(row[0], row[one], row[two]) for row in rows[1:] if row[0]]
    now = driver.service.now().timestamp()
    driver.journal.add(SawNumbers(mine, began, time.time(), now, kept))


def write_note(driver: Driver) -> None:
    """Write a new note."""
    page = driver.see("/private/new")
    canary = driver.journal.canary()
    done = driver.press(page, "/private/new", {"words": f"{canary}, for me."})
    driver.wrote(done, "note", canary)


def write_need(driver: Driver) -> None:
    """Begin a need that nobody has opened, and write it."""
    if driver.random.random() < 0.4:
        driver.press(driver.see("/doc/mine/new"), "/doc/mine/new", {}, listed="heard")
    page = driver.see("/doc/mine")
    links = re.findall(r'href="(/doc/mine/[\w-]{22})"', page.text)
    if not links:
        return
    path, canary = driver.random.choice(links), driver.journal.canary()
    typed = {"before": f"{canary} went missing.", "request": "More of it.", "matters": "3"}
    driver.wrote(driver.press(driver.see(path), path, typed), "need", canary, path)


def bring_item(driver: Driver) -> None:
    """Bring something to the next talk, read it once more, and perhaps add it."""
    canary = driver.journal.canary()
    form = driver.see("/talks/add").form("/talks/add")
    if form is None:
        return
    typed = {"words": f"{canary} to talk about"}
    read = driver.browser.post("/talks/add", filled(form, typed, ("then", "read")))
    if driver.random.random() < 0.3:
        driver.wrote(Press(time.time(), "refused"), "item read only", canary)
        return
    driver.wrote(driver.press(read, "/talks/add", typed, then="add"), "item", canary)


def suggest(driver: Driver) -> None:
    """Suggest words for a promise, or keep them for later."""
    sides = _sides(driver)
    if not sides:
        return
    path = f"{driver.random.choice(sides)}/words"
    page, canary = driver.see(path), driver.journal.canary()
    later = driver.random.random() < 0.4
    typed = {"words": f"{canary}: laptops shut by nine.", "owner": "both"}
    then = "keep" if later else "send"
    kind = "words for later" if later else "suggestion"
    driver.wrote(driver.press(page, path, typed, then=then), kind, canary)


def use_words(driver: Driver) -> None:
    """Say yes to words the other has suggested."""
    for side in _sides(driver):
        page = driver.see(side)
        found = re.search(r'action="(/doc/words/[\w-]{22}/use)"', page.text)
        if found:
            driver.press(page, found[1], {})
            return


def _sides(driver: Driver) -> list[str]:
    page = driver.see("/doc/open")
    return sorted(set(re.findall(r'href="(/doc/side/[\w-]{22})"', page.text)))


def sign(driver: Driver) -> None:
    """Sign the text as it stands."""
    page = driver.see("/doc/sign")
    form = page.form("/doc/sign")
    read_hash = form.named("read_hash") if form else None
    if read_hash is None:
        return
    done = driver.press(page, "/doc/sign", {"typed_name": driver.person.name})
    driver.signed(done, read_hash.value)


def be_restless(driver: Driver) -> None:
    """Pause, come back, or stop all letters from a letter; only some people do."""
    if not driver.person.restless:
        return
    wish = driver.random.choice(("open", "back", "stop"))
    if wish == "stop":
        stop_by_letter(driver)
        return
    page = driver.see("/settings")
    driver.wished(driver.press(page, "/settings/pause", {}, length=wish), wish)


def stop_by_letter(driver: Driver) -> None:
    """Press the button that mail programs show."""
    heads = [mail.message["List-Unsubscribe"] for mail in driver.mailbox.to(driver.person.address)]
    links = [re.search(r"(/stop/[^>\s]+)>", str(head)) for head in heads if head]
    if not links or links[-1] is None:
        return
    done = Press(time.time())
    try:
        answer = driver.browser.post(links[-1][1], [("List-Unsubscribe", "One-Click")])
        done.outcome = "saved" if answer.status == 200 else "refused"
    except Lost:
        pass
    driver.wished(done, "stop")


def part(driver: Driver) -> None:
    """End the link; where the answer to that was lost, look whether it has ended."""
    page = driver.see("/settings/link/end")
    done = driver.press(page, "/settings/link/end", {})
    driver.wished(done, "part")
    driver.has_left = page.status == 404 or (done is not None and done.outcome == "saved")


def erase(driver: Driver) -> None:
    """Erase the account, which asks for a fresh proof; who cannot sign in any more is gone."""
    driver.browser.cookies.clear()
    page = driver.see("/settings/erase")
    done = driver.press(page, "/settings/erase", {"when": "now"})
    driver.wished(done, "erase")
    has_gone = page.status in {302, 303} and driver.tried_to_erase
    driver.tried_to_erase = driver.tried_to_erase or done is not None
    if has_gone or (done is not None and done.outcome == "saved"):
        driver.has_left = True
        driver.ended.set()


def leave(driver: Driver) -> None:
    """Part, or erase one's account."""
    (erase if driver.person.erases else part)(driver)


ACTS: dict[Act, int] = {
    by_letter: 5, signed_in: 6, look: 6, read_numbers: 3, write_note: 2, write_need: 2,
    bring_item: 2, suggest: 2, use_words: 1, sign: 2, be_restless: 1, propose: 1, say_yes: 1,
}  # fmt: skip
