"""The one blueprint to which all views of the overview belong."""

from flask import Blueprint

from couples.dashboard.picture import inline

pages = Blueprint("dashboard", __name__)
# Every feature's templates may draw: looking back has pictures, too.
pages.record_once(lambda state: state.app.jinja_env.globals.update(drawn=inline))
