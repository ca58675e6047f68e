"""The one blueprint to which all views of talks belong."""

from flask import Blueprint

pages = Blueprint("talks", __name__)
