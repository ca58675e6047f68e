"""What happens to needs, promises, terms and signatures; and to what comes before them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading
from couples.agreement.promises import services as services_wording
from couples.agreement.promises import services_side
from couples.agreement.promises.services import Wording
from couples.agreement.review import services as services_review
from couples.agreement.review.shapes import Answers
from couples.agreement.rules import NeedWords, Terms
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms, services_versions
from couples.agreement.topics import services as services_topics
from couples.agreement.topics import services_order
from couples.agreement.topics.services import Proposal
from couples.demo import story as told
from couples.preparing import services_airing, services_reflection
from gallery.shapes import World

# After the day the third version is to be read again.
REVIEW = datetime.fromisoformat("2026-11-20T20:10:00+01:00")
HOUR = timedelta(hours=1)
ACCUSING = "You never had time for me."
AIR = {
    "Maya": "I went quiet for days, and called it being tired.",
    "Jonas": "I hid behind work when it got difficult here.",
}


def one_need(world: World) -> None:
    """Maya has written one need."""
    need_id = services_needs.begin_need(world.maya, Heading(listed="time"), world.now - HOUR)
    words = told.TOPICS["time"].needs["Maya"]
    services_needs.save_need(world.maya, need_id, words, 0, world.now - HOUR)
    world.things["time@Maya"] = need_id


def begun_need(world: World) -> None:
    """Maya has chosen what to write about, and written nothing."""
    found = services_needs.begin_need(world.maya, Heading(listed="money"), world.now)
    world.things["money@Maya"] = found


def need_elsewhere(world: World) -> None:
    """Her need is saved in another tab."""
    words = NeedWords("We sat beside each other and read.", "One evening without screens.", "", 5)
    services_needs.save_need(world.maya, world.things["time@Maya"], words, 1, world.now)


def need_elsewhere_accusing(world: World) -> None:
    """Her need has words that sound like a verdict."""
    words = NeedWords(ACCUSING, "One evening without screens.", "", 5)
    services_needs.save_need(world.maya, world.things["time@Maya"], words, 1, world.now)


def need_gone(world: World) -> None:
    """Her need is taken away in another tab."""
    services_needs.delete_need(world.maya, world.things["time@Maya"])


def maya_ready(world: World) -> None:
    """Maya has folded her page."""
    services_opening.say_ready(world.maya, world.now)


def both_ready(world: World) -> None:
    """Both have folded their page, and neither has opened."""
    maya_ready(world)
    services_opening.say_ready(world.jonas, world.now)


def order_elsewhere(world: World) -> None:
    """Jonas puts the topics in another order."""
    seen = services_order.order(world.jonas).seen
    services_order.move(world.jonas, world.things["time"], 1, seen)


def only_hers(world: World) -> None:
    """Maya opens a need about something Jonas did not write about."""
    need_id = services_needs.begin_need(world.maya, Heading(listed="plans"), world.now)
    services_needs.save_need(world.maya, need_id, told.DRAFT, 0, world.now)
    world.things["only hers"] = services_opening.open_need(world.maya, need_id, world.now)


def maya_suggests(world: World) -> None:
    """Maya has suggested words."""
    _suggest(world, world.maya)


def jonas_suggests(world: World) -> None:
    """Jonas has suggested words."""
    _suggest(world, world.jonas)


def _suggest(world: World, person_id: str, listed: str = "home") -> None:
    topic_id = world.things[listed]
    seen = services_side.side(person_id, topic_id).seen
    words = told.TOPICS[listed].promise
    note = told.REASONS.get(listed, "")
    services_wording.suggest(person_id, topic_id, Wording(words, False, note, seen), world.now)


def maya_uses(world: World) -> None:
    """Maya says yes to the words that wait for her."""
    seen = services_side.side(world.maya, world.things["heard"]).seen
    services_wording.use(world.maya, seen, world.now)


def jonas_moves(world: World) -> None:
    """Jonas suggests putting a topic aside."""
    wanted = Proposal("retire", note=told.RETIRED_NOTE)
    services_topics.propose(world.jonas, world.things["home"], wanted, world.now)


def maya_signs(world: World) -> None:
    """Maya signs the text."""
    _sign(world, "Maya")


def jonas_signs(world: World) -> None:
    """Jonas signs the text."""
    _sign(world, "Jonas")


def _sign(world: World, name: str, at: datetime | None = None) -> None:
    person_id = world.people[name]
    page = services_signing.sign_page(person_id)
    services_signing.sign(person_id, told.SIGNED_NAMES[name], page.read_hash, at or world.now)


def terms_change(world: World, review_on: date | None = None) -> None:
    """Jonas changes the terms of the draft."""
    page = services_terms.terms(world.jonas, told.ZONE, world.now.date())
    plan = "A walk on the second Sunday of the month."
    wanted = Terms(page.terms.rhythm, plan, review_on or page.terms.review_on)
    services_terms.save_terms(world.jonas, wanted, page.revision, world.now)


def asked_again(world: World) -> None:
    """Remember by what name the first answer of the review goes."""
    asked = services_review.review_page(world.maya, told.ZONE, REVIEW).asked
    world.things["first"] = asked[0].question.key


def newer_version(world: World) -> None:
    """Both sign a fourth version."""
    terms_change(world, date(2027, 3, 1))
    for name in world.people:
        _sign(world, name, REVIEW)


def kept_copy(world: World) -> None:
    """What Maya keeps of a link that has ended."""
    world.things["kept"] = services_versions.kept_versions(world.maya)[0].version.id


def reviewed(world: World) -> None:
    """Both have answered what becomes of it, not all alike."""
    asked = services_review.review_page(world.maya, told.ZONE, REVIEW)
    keys = [each.question.key for each in asked.asked]
    for name, last in (("Maya", "changed"), ("Jonas", "kept")):
        given = dict.fromkeys(keys[:-1], "kept") | {keys[-1]: last}
        answers = Answers(asked.version_id, given)
        services_review.answer_review(world.people[name], told.ZONE, answers, REVIEW)


def reflected(world: World) -> None:
    """Maya has answered the two questions in another tab."""
    services_reflection.save_reflection(world.maya, told.REFLECTION, 0, world.now)


def maya_wants_air(world: World) -> None:
    """Maya would like to clear the air."""
    services_airing.want(world.maya, world.now)


def jonas_wants_air(world: World) -> None:
    """Jonas would like to clear the air."""
    services_airing.want(world.jonas, world.now)


def both_want_air(world: World) -> None:
    """Both would like to clear the air."""
    maya_wants_air(world)
    jonas_wants_air(world)


def maya_folds_air(world: World) -> None:
    """Maya has written and is ready."""
    both_want_air(world)
    _air(world, "Maya")


def air_open(world: World) -> None:
    """Both have written, and both texts are open."""
    maya_folds_air(world)
    _air(world, "Jonas")


def _air(world: World, name: str) -> None:
    services_airing.save_words(world.people[name], AIR[name], 0, world.now)
    services_airing.say_ready(world.people[name], world.now)
