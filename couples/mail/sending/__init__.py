"""Sending what waits: claims, fates, and when to leave a server alone."""
