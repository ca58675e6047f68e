"""The floor: a bare Flask page with a session and one SELECT, and a bare form that writes rows."""

from __future__ import annotations

from flask import Flask, redirect, session
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import generate_csrf
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import RadioField

from couples import engine

FIELDS = [f"q{number}" for number in range(12)]


class Base(DeclarativeBase):
    """The base of the two tables."""


class Visitor(Base):
    """Somebody to be looked up."""

    __tablename__ = "visitors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class Answer(Base):
    """One answer of a form."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_id: Mapped[int]
    question: Mapped[str] = mapped_column(String(8))
    points: Mapped[int]


class Form(FlaskForm):  # type: ignore[misc]
    """Twelve questions of seven choices."""


for _name in FIELDS:
    setattr(Form, _name, RadioField(choices=[str(points) for points in range(1, 8)]))


def bare(database_url: str) -> Flask:
    """Return the application; its page signs a visitor in on the first request."""
    app = Flask("bare")
    app.config.update(SECRET_KEY="bare", SQLALCHEMY_DATABASE_URI=database_url)  # noqa: S106
    if database_url.startswith("sqlite"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine.options(database_url)
    db = SQLAlchemy(app, model_class=Base)
    CSRFProtect(app)

    @app.get("/")
    def page() -> str:
        visitor = db.session.get(Visitor, session.setdefault("visitor", 1))
        return f"<!doctype html><title>Bare</title><p>{visitor.name if visitor else ''}</p>"

    @app.get("/form")
    def shown() -> str:
        return str(generate_csrf())

    @app.post("/form")
    def answered() -> ResponseReturnValue:
        form = Form()
        if not form.validate_on_submit():
            return "asked once more", 422
        visitor_id = session.setdefault("visitor", 1)
        for name in FIELDS:
            points = int(form[name].data)
            db.session.add(Answer(visitor_id=visitor_id, question=name, points=points))
        db.session.commit()
        return redirect("/", 303)

    with app.app_context():
        _filled(db)
    return app


def _filled(db: SQLAlchemy) -> None:
    if db.engine.dialect.name == "sqlite":
        # The same SQLite, and what it writes as durable as what the product writes. PostgreSQL is
        # used as the libraries do it by themselves.
        engine.prepare(db.engine)
    Base.metadata.create_all(db.engine)
    if db.session.get(Visitor, 1) is None:
        db.session.add(Visitor(id=1, name="Maya"))
        db.session.commit()
