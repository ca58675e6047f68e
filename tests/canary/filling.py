"""Filling in every form there is, each field with a canary of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.canary.browsing import Answer, Browser
from tests.canary.finding import Canaries
from tests.canary.house import House
from tests.cast import PASSWORD
from tests.pages import Field, Form, forms_of
from tests.routes import ASKED, AUTOSAVED, FORMS, KINDS

# What only the right password goes on with.
KNOWN = dict.fromkeys(("current_password", "older_password"), PASSWORD)
SPOILED_MARK = " (spoiled)"
SPOILED = {"csrf_token": "spoiled"}
NOTHING: Mapping[str, str] = {}
TAKEN = frozenset({200, 303})
# Sent after all others: whoever has the form is signed out, or called something else, from then on.
LAST = ("/talks/<talk_id>/after", "/settings/about", "/settings/password")
# Filled in by whoever follows a letter to it.
BY_LETTER = "/reset/<token>"
# What would only have the words looked at, and not kept.
LOOKED = ("then", "look")


@dataclass
class Filled:
    """One form that was sent, what stood in each field, and what came of it."""

    rule: str
    words: dict[str, str]
    answer: Answer

    @property
    def is_spoiled(self) -> bool:
        """Whether it was sent to be refused."""
        return self.rule.endswith(SPOILED_MARK)


@dataclass
class Filler:
    """Fills in forms and remembers what was put where."""

    house: House
    canaries: Canaries = field(default_factory=Canaries)
    done: list[Filled] = field(default_factory=list)

    def fill_all(self, rules: list[str]) -> None:
        """Send every form as a person would; and before it, with a token nobody was given."""
        for rule in (*(one for one in rules if one not in (*LAST, BY_LETTER)), *LAST):
            who, page = FORMS[rule]
            browser = self.house.browser(who)
            target, form = form_on(
                browser.get(self.house.address(page)).text, rule, self.house.address
            )
            spoiled = self.fill(browser, target, form, SPOILED, rule + SPOILED_MARK)
            # Where nothing but a known password is asked for, a wrong one is typed.
            known = KNOWN if {one.name for one in texts_of(form)} - set(KNOWN) else {}
            self.done += [spoiled, self.fill(browser, target, form, known, rule)]

    def by_rule(self, rule: str) -> Filled:
        """Return how a form was filled in."""
        return next(done for done in self.done if done.rule == rule)

    def note(
        self, rule: str, browser: Browser, page: str, given: Mapping[str, str] = NOTHING
    ) -> Filled:
        """Send the form with words in it that stands on a page, and note it as this one."""
        form = next(form for form in forms_of(browser.get(page).text) if texts_of(form))
        done = self.fill(browser, form.action or page, form, {**KNOWN, **given}, rule)
        assert done.answer.status_code == 303, (rule, done.answer.status_code)
        self.done.append(done)
        return done

    def fill(
        self, browser: Browser, target: str, form: Form, given: Mapping[str, str], rule: str
    ) -> Filled:
        """Fill in one form, what is given aside, and send it."""
        words = {
            one.name: self._word(one, f"{rule} {one.name}")
            for one in texts_of(form)
            if one.name not in given
        }
        wanted = {**words, **given}
        values = [pair for pair in form.values() if pair != LOOKED]
        pairs = [(name, wanted.get(name, value)) for name, value in values]
        answer = browser.post(target, pairs)
        if answer.status_code == 200 and rule not in {*AUTOSAVED, *ASKED}:
            # It shows how the words will be read, and asks once more.
            (again,) = [one for one in forms_of(answer.text) if one.action == target]
            answer = browser.post(target, again.values())
        return Filled(rule, words, answer)

    def _word(self, one: Field, meant: str) -> str:
        make = self.canaries.address if one.kind == "email" else self.canaries.word
        return make(meant)


def form_on(shown: str, rule: str, address: Callable[..., str]) -> tuple[str, Form]:
    """Return address and form of a route, as they stand on a page."""
    _who, page = FORMS[rule]
    kinds = re.findall(r"<([^>]+)>", page)
    target = address(rule, KINDS.get(rule) or next(iter(kinds), ""))
    forms = forms_of(shown)
    if rule in ASKED:
        return target, _asked(forms[0], *ASKED[rule])
    wanted = target.removesuffix("/save") if rule in AUTOSAVED else target
    own = address(page)
    found = [form for form in forms if (form.action or own).partition("?")[0] == wanted]
    assert found, f"{page} has no form for {target}"
    return target, found[0]


def texts_of(form: Form) -> list[Field]:
    """Return what a person types into, passwords and addresses too."""
    return [one for one in form.fields if one.is_text]


def _asked(form: Form, text: str, *others: str) -> Form:
    """Return what the script asks with: a text, its kind, and the token of the page."""
    token = [one for one in form.fields if one.name == "csrf_token"]
    hidden = [Field(name, "hidden") for name in others]
    return Form("", "post", [Field(text, "textarea"), *hidden, *token])
