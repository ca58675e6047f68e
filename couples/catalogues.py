"""The texts of our pages in the reader's language: a page asks for more than a hundred of them."""

from __future__ import annotations

from typing import Any, cast

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Domain, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


class Catalogues(Domain):  # type: ignore[misc]
    """The translations, kept by locale: to spell its name for every sentence would take longer."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self._kept: dict[Locale | None, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """Return those of the reader's language."""
        return _known() or self._found()

    def _found(self) -> NullTranslations:
        locale = get_locale()
        if locale not in self._kept:
            self._kept[locale] = super().get_translations()
        if locale is not None:
            # Flask-Babel forgets it itself, wherever the reader's language changes.
            g._flask_babel.babel_translations = self._kept[locale]
        return self._kept[locale]


def prepare(app: Flask, catalogues: Catalogues) -> None:
    """Let templates ask the catalogues directly: the way of Jinja and Flask-Babel is six calls."""

    def translations() -> NullTranslations:
        return _known() or catalogues.get_translations()

    @pass_eval_context
    def gettext(where: EvalContext, text: str, /, **words: object) -> str:
        return _filled(where, translations().ugettext(text), words)

    @pass_eval_context
    def ngettext(where: EvalContext, one: str, many: str, number: int, /, **words: object) -> str:
        said = translations().ungettext(one, many, number)
        return _filled(where, said, {"num": number, **words})

    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)


def kept_of_reader(name: str) -> Any:
    """Return what Flask-Babel has found for this request, none where it has not been asked yet.

    A page asks some three hundred times, and its own way there is four times as long.
    """
    try:
        here = cast(Any, g)._get_current_object()
    except RuntimeError:  # nobody's request, and no letter
        return None
    return getattr(getattr(here, "_flask_babel", None), name, None)


def _known() -> NullTranslations | None:
    return cast("NullTranslations | None", kept_of_reader("babel_translations"))


def _filled(where: EvalContext, said: str, words: dict[str, object]) -> str:
    """Put words in their places, escaped where the template escapes; the text itself is ours."""
    text = Markup(said) if where.autoescape else said  # noqa: S704  # nosec B704
    return text % words if words or "%" in said else text
