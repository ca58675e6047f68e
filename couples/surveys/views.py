"""The pages about check-ins; every room's pages register by being imported here."""

from couples.surveys.answering import views, views_drafts, views_link  # noqa: F401
from couples.surveys.blueprint import pages
from couples.surveys.letters import composers  # noqa: F401
from couples.surveys.letters import views as views_letters  # noqa: F401
from couples.surveys.longer_look import views as views_longer  # noqa: F401
from couples.surveys.own_questions import views as views_questions  # noqa: F401

__all__ = ["pages"]
