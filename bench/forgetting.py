"""pytest hooks of a mutmut run: forget what was told once, so that a test reaches, and rests on, all that it needs.

Stories and definitions are kept (`lru_cache`). Kept, a story would count for the first test alone that tells it when
the tests are listed, and a mutant's process, which mutmut forks from one that has run them all, would keep it too.
"""

from __future__ import annotations

import os
import sys

PACKAGES = ("tests", "workflows")


def pytest_collection_finish() -> None:
    """Begin a run with nothing kept."""
    forget()


def pytest_runtest_setup() -> None:
    """Begin each test so while the tests are listed."""
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        forget()


def forget() -> None:
    """Empty every cache of a function in these packages."""
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] in PACKAGES:
            for kept in tuple(vars(module).values()):
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()
