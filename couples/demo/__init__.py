"""A couple to look around with: half a year of somebody's history."""

from couples.demo.filling import DemoIsThere, DemoLogins, fill

__all__ = ["DemoIsThere", "DemoLogins", "fill"]
