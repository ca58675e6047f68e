"""Two persons acting in any order, in two tabs each, parting and linking again: a state machine.

A tab remembers what it last read and acts on that, stale or not, as a page that was left open
does. `model.py` beside it says what must hold after every act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_hearing, services_opening
from couples.agreement.needs.services import Heading
from couples.agreement.promises import services as services_wording
from couples.agreement.promises import services_begun, services_side
from couples.agreement.promises.wordings import Wording
from couples.agreement.rules import HEARING_ANSWERS, NeedWords, PromiseWords
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms
from couples.agreement.topics import services as services_topics
from couples.agreement.topics import services_order
from couples.agreement.topics.shapes import Kind
from couples.agreement.unsent.services import TypedElsewhere
from couples.db import Base, db, transaction
from couples.errors import NotFound, Refusal
from couples.pairing import services_invites, services_leaving, services_linking
from couples.pairing.services import CoupleView, couple_or_none
from tests.agreement.model import Model, Tab
from tests.agreement.road import TERMS
from tests.cast import make_person

NAMES = ("Maya", "Jonas")
TOPICS = ("time", "money", "home")
WHO = st.sampled_from(NAMES)
TAB = st.sampled_from((0, 1))
PICK = st.integers(0, 5)


class Machine(RuleBasedStateMachine):
    """The agreement, as two persons can drive it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime.fromisoformat("2026-09-01T12:00:00+00:00")
        self.texts = 0
        self.checked = ""
        self.couple: CoupleView | None = None

    @initialize()
    def begin(self) -> None:
        empty()
        self.people = {name: make_person(name, self.now) for name in NAMES}
        self.model = Model(self.people)
        self.tabs = {(name, tab): Tab() for name in NAMES for tab in (0, 1)}
        self.link()

    # ---------- linking ----------

    def link(self) -> None:
        one, two = self.people.values()
        services_invites.make_invite(one, self.now)
        (invite,) = services_invites.open_invites(one, self.now)
        services_linking.accept(invite.code or "", two, self.now)

    @precondition(lambda self: self.linked)
    @rule(who=WHO, sure=st.integers(0, 9))
    def part(self, who: str, sure: int) -> None:
        if sure == 0:  # seldom, or nothing would ever be signed
            services_leaving.end_link(self.people[who], self.now)
            self.tick()

    @precondition(lambda self: not self.linked)
    @rule()
    def link_again(self) -> None:
        self.link()
        self.tick()

    @property
    def linked(self) -> bool:
        return self.couple is not None

    @property
    def opened(self) -> bool:
        return self.couple is not None and self.couple.opened_at is not None

    # ---------- reading ----------

    @rule(who=WHO, tab=TAB)
    def look(self, who: str, tab: int) -> None:
        """Load every page in this tab: what it does next rests on this."""
        self.tabs[who, tab].look(self.people[who], self.now)

    def tab(self, who: str, tab: int, fresh: bool) -> Tab:
        """Return a tab, loaded anew if this act begins with that."""
        if fresh:
            self.look(who, tab)
        return self.tabs[who, tab]

    # ---------- one's own page ----------

    @rule(who=WHO, tab=TAB, listed=st.sampled_from(TOPICS), then_write=st.booleans())
    def begin_need(self, who: str, tab: int, listed: str, then_write: bool) -> None:
        need_id = self.act(services_needs.begin_need, self.people[who], Heading(listed=listed))
        if need_id is None:
            return
        needs = self.tabs[who, tab].needs
        needs.setdefault(need_id, 0)
        if then_write:
            self.write(who, tab, fresh=False, pick=list(needs).index(need_id))

    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK)
    def write(self, who: str, tab: int, fresh: bool, pick: int) -> None:
        here = self.tab(who, tab, fresh)
        if not here.needs:
            self.begin_need(who, tab, TOPICS[pick % len(TOPICS)], then_write=False)
        if not here.needs:
            return
        needs = list(here.needs.items())
        need_id, revision = needs[pick % len(needs)]
        words = NeedWords(self.text(who), self.text(who), self.text(who), pick % 5 + 1)
        self.model.typed(who, words)
        kept = self.act(services_needs.save_need, self.people[who], need_id, words, revision)
        if kept is not None and self.model.kept(need_id, words, revision, kept):
            self.tabs[who, tab].needs[need_id] = kept.revision

    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK)
    def take_away(self, who: str, tab: int, fresh: bool, pick: int) -> None:
        needs = list(self.tab(who, tab, fresh).needs)
        if needs and pick == 0 and self.act(delete, self.people[who], needs[0]):
            self.model.gone(needs[0])

    @precondition(lambda self: self.linked)
    @rule(who=WHO, act=st.sampled_from(("say_ready", "take_back", "open_pages")))
    def fold_or_unfold(self, who: str, act: str) -> None:
        service = getattr(services_opening, act)
        timed = service if act == "say_ready" else untimed(service)
        self.act(timed, self.people[who])

    @precondition(lambda self: self.linked and not self.opened)
    @rule(pick=PICK)
    def write_and_open_together(self, pick: int) -> None:
        """Both write and say ready: by chance alone hardly anything would ever open."""
        for name in NAMES:
            self.write(name, 0, fresh=True, pick=pick)
            self.fold_or_unfold(name, "say_ready")
        for name in NAMES:
            self.look(name, 1)

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK)
    def open_later(self, who: str, tab: int, fresh: bool, pick: int) -> None:
        needs = list(self.tab(who, tab, fresh).needs)
        if needs:
            self.act(services_opening.open_need, self.people[who], needs[pick % len(needs)])

    # ---------- promises ----------

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK, mine=st.booleans(), trial=st.booleans())
    def suggest(self, who: str, tab: int, fresh: bool, pick: int, mine: bool, trial: bool) -> None:
        seen = list(self.tab(who, tab, fresh).seen.items())
        if not seen:
            return
        topic_id, read = seen[pick % len(seen)]
        typed = self.tabs[who, tab].typed.get(topic_id, 0)
        until = (self.now + timedelta(weeks=4)).date() if trial else None
        words = PromiseWords(self.text(who), self.text(who), "", "", until)
        wording = Wording(words, mine, self.text(who), read, typed)
        lay = newest(self.people[who], topic_id)
        there = self.act(services_wording.suggest, self.people[who], topic_id, wording, says=True)
        self.model.suggested(self.people[who], wording, there, lay)

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK)
    def use(self, who: str, tab: int, fresh: bool, pick: int) -> None:
        self.answer(services_wording.use, who, tab, fresh, pick)

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK)
    def keep_for_talk(self, who: str, tab: int, fresh: bool, pick: int) -> None:
        self.answer(services_wording.keep_for_talk, who, tab, fresh, pick)

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK)
    def withdraw(self, who: str, tab: int, fresh: bool, pick: int) -> None:
        self.answer(services_wording.withdraw, who, tab, fresh, pick)

    @precondition(lambda self: self.opened)
    @rule(who=WHO, pick=PICK)
    def suggest_and_agree(self, who: str, pick: int) -> None:
        """One suggests and the other says yes at once: else promises would be rare."""
        other = next(name for name in NAMES if name != who)
        self.suggest(who, 0, fresh=True, pick=pick, mine=False, trial=pick > 2)
        self.use(other, 0, fresh=True, pick=pick)

    @precondition(lambda self: self.opened)
    @rule(who=WHO, pick=PICK)
    def suggest_past_each_other(self, who: str, pick: int) -> None:
        """Both write on the same topic page, and send one after the other."""
        other = next(name for name in NAMES if name != who)
        self.look(other, 1)
        self.suggest(who, 0, fresh=True, pick=pick, mine=False, trial=False)
        self.suggest(other, 1, fresh=False, pick=pick, mine=True, trial=False)

    def answer(
        self, service: Callable[..., Any], who: str, tab: int, fresh: bool, pick: int
    ) -> None:
        waiting = self.tab(who, tab, fresh).waiting
        if waiting:
            self.act(service, self.people[who], waiting[pick % len(waiting)])

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK, wanted=st.booleans())
    def review(self, who: str, tab: int, fresh: bool, pick: int, wanted: bool) -> None:
        topics = list(self.tab(who, tab, fresh).seen)
        if topics:
            topic_id = topics[pick % len(topics)]
            self.act(services_wording.review, self.people[who], topic_id, wanted)

    # ---------- hearing, and words not sent yet ----------

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK)
    def hear(self, who: str, tab: int, fresh: bool, pick: int) -> None:
        needs = list(self.tab(who, tab, fresh).to_hear.items())
        if needs:
            need_id, seen = needs[pick % len(needs)]
            heard = services_hearing.Heard(self.text(who), seen)
            there = self.act(services_hearing.hear, self.people[who], need_id, heard, says=True)
            self.model.said(need_id, heard.words, there)

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK, said=st.sampled_from(HEARING_ANSWERS))
    def answer_hearing(self, who: str, tab: int, fresh: bool, pick: int, said: str) -> None:
        needs = list(self.tab(who, tab, fresh).heard.items())
        if needs:
            need_id, revision = needs[pick % len(needs)]
            self.act(services_hearing.answer, self.people[who], need_id, said, revision)

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, pick=PICK)
    def keep_for_later(self, who: str, tab: int, pick: int) -> None:
        topics = list(self.tabs[who, tab].seen)
        if topics:
            words, note = self.text(who), self.text(who)
            self.model.typed_aside(who, words, note)
            revision = self.tabs[who, tab].typed.get(topics[pick % len(topics)], 0)
            wording = Wording(PromiseWords(words), False, note, "", revision)
            topic_id = topics[pick % len(topics)]
            kept = self.act(services_begun.keep_words, self.people[who], topic_id, wording)
            self.tabs[who, tab].typed[topic_id] = kept or 0

    # ---------- topics ----------

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK, merge=st.booleans())
    def propose_move(self, who: str, tab: int, fresh: bool, pick: int, merge: bool) -> None:
        here = self.tab(who, tab, fresh)
        topics = list(here.seen)
        if not topics or (merge and len(topics) < 2):
            return
        topic_id = topics[pick % len(topics)]
        into_id = topics[(pick + 1) % len(topics)] if merge else ""
        seen = here.moves.get(topic_id, "")
        kind: Kind = "merge" if merge else "retire"
        wanted = services_topics.Proposal(kind, into_id, self.text(who), seen)
        self.act(services_topics.propose, self.people[who], topic_id, wanted)

    @precondition(lambda self: self.opened)
    @rule(
        who=WHO,
        tab=TAB,
        fresh=st.booleans(),
        pick=PICK,
        act=st.sampled_from(("use", "keep_for_talk", "withdraw")),
    )
    def answer_move(self, who: str, tab: int, fresh: bool, pick: int, act: str) -> None:
        moves = list(self.tab(who, tab, fresh).moves.values())
        if moves:
            service = getattr(services_topics, act)
            self.act(service, self.people[who], moves[pick % len(moves)])

    @precondition(lambda self: self.opened)
    @rule(who=WHO, tab=TAB, fresh=st.booleans(), pick=PICK, step=st.sampled_from((-1, 1)))
    def put_in_order(self, who: str, tab: int, fresh: bool, pick: int, step: int) -> None:
        here = self.tab(who, tab, fresh)
        topics = list(here.seen)
        if topics:
            topic_id = topics[pick % len(topics)]
            self.act(untimed(services_order.move), self.people[who], topic_id, step, here.order)

    # ---------- terms and signing ----------

    @precondition(lambda self: self.linked)
    @rule(who=WHO, tab=TAB, fresh=st.booleans())
    def choose_terms(self, who: str, tab: int, fresh: bool) -> None:
        terms = replace(TERMS, talk_plan=self.text(who))
        revision = self.tab(who, tab, fresh).terms_revision
        there = self.act(services_terms.save_terms, self.people[who], terms, revision, says=True)
        self.model.chosen(self.people[who], terms, there)

    @precondition(lambda self: self.linked)
    @rule(who=WHO, tab=TAB, fresh=st.booleans())
    def sign(self, who: str, tab: int, fresh: bool) -> None:
        read = self.tab(who, tab, fresh).read
        if read is not None:
            outcome = self.act(services_signing.sign, self.people[who], who, read.read_hash)
            self.model.signed(self.people[who], read, outcome)

    @precondition(lambda self: self.linked)
    @rule(first=WHO)
    def read_and_sign_together(self, first: str) -> None:
        """Both sign what is there, one right after the other: else versions would be rare."""
        second = next(name for name in NAMES if name != first)
        for name in (first, second):
            self.sign(name, 0, fresh=True)

    # ---------- how acts happen, and what always holds ----------

    def act(self, service: Callable[..., Any], *values: Any, says: bool = False) -> Any:
        """Do one act; a named refusal or a closed door changes nothing.

        Returns what came of it; with `says`, refused acts are told apart from silent successes.
        """
        self.tick()
        before = fingerprint()
        try:
            return service(*values, now=self.now)
        except (Refusal, NotFound, TypedElsewhere):
            db.session.rollback()
            assert fingerprint() == before
            return "refused" if says else None

    def tick(self) -> None:
        self.now += timedelta(minutes=1)

    def text(self, who: str) -> str:
        """Return words that occur nowhere else."""
        self.texts += 1
        return f"{who.lower()}-wrote-{self.texts:04}"

    @invariant()
    def everything_holds(self) -> None:
        """Look at all of it again whenever a row is no longer what it was."""
        # Asked for once after each act: a dozen preconditions want to know.
        self.couple = couple_or_none(self.people["Maya"])
        there = fingerprint()
        if there != self.checked:
            self.model.check_words()
            self.model.check_secrecy()
            self.model.check_versions()
            self.model.check_copies()
            self.checked = there


def untimed(service: Callable[..., Any]) -> Callable[..., Any]:
    """Return a service that asks for no time as one that is given it."""

    def at(*values: Any, now: datetime) -> Any:
        return service(*values)

    return at


def newest(person_id: str, topic_id: str) -> str:
    """Return the id of the words that lie under a topic by now, if the person can see it."""
    try:
        return services_side.side(person_id, topic_id).seen
    except NotFound:
        return ""


def delete(person_id: str, need_id: str, now: datetime) -> bool:
    """Take a need away, and say so."""
    services_needs.delete_need(person_id, need_id)
    return True


@transaction()
def empty() -> None:
    """Begin with empty tables."""
    for table in reversed(Base.metadata.sorted_tables):
        db.session.execute(table.delete())


def fingerprint() -> str:
    """Return every row of the tables an act could have touched."""
    names = (
        "couples", "drafts", "hearings", "needs", "promises", "readiness", "signatures",
        "suggestions", "topic_suggestions", "topics", "unsent", "versions",
    )  # fmt: skip
    database = db.session.connection()
    tables = (database.exec_driver_sql(f"SELECT * FROM {name}").all() for name in names)
    return repr([sorted(map(repr, rows)) for rows in tables])
