"""The floor: a bare Flask page with a session and one SELECT through Flask-SQLAlchemy."""

from __future__ import annotations

from flask import Flask, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of the one table."""


class Visitor(Base):
    """Somebody to be looked up."""

    __tablename__ = "visitors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


def bare(database_url: str) -> Flask:
    """Return the application; its page signs a visitor in on the first request."""
    app = Flask("bare")
    app.config.update(SECRET_KEY="bare", SQLALCHEMY_DATABASE_URI=database_url)  # noqa: S106
    db = SQLAlchemy(app, model_class=Base)

    @app.get("/")
    def page() -> str:
        visitor = db.session.get(Visitor, session.setdefault("visitor", 1))
        return f"<!doctype html><title>Bare</title><p>{visitor.name if visitor else ''}</p>"

    with app.app_context():
        Base.metadata.create_all(db.engine)
        db.session.add(Visitor(id=1, name="Maya"))
        db.session.commit()
    return app
