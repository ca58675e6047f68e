"""The one blueprint to which all views of the overview belong."""

from flask import Blueprint

pages = Blueprint("dashboard", __name__)
