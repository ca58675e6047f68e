"""The pages about check-ins; every room's pages register by being imported here."""

from couples.surveys.answering import views, views_drafts, views_link  # noqa: F401
from couples.surveys.blueprint import pages
from couples.surveys.letters import composers, views_letters  # noqa: F401
from couples.surveys.longer import views_longer  # noqa: F401
from couples.surveys.questions import views_questions  # noqa: F401

__all__ = ["pages"]
