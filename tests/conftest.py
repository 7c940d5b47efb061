"""Fixtures come from tests/support; name a plugin here."""

pytest_plugins = ["tests.support.postgres", "tests.support.log", "tests.support.played"]
