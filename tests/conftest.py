"""Fixtures come from tests/support; name a plugin here."""

from hypothesis import settings

pytest_plugins = ["tests.support.postgres", "tests.support.log", "tests.support.played"]

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
"""A busy machine is no failing test."""
