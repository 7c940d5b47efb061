"""Which kawal this is."""

from __future__ import annotations

VERSION = "0.1.0"
"""The one place where the version stands. From 0.1.0 on, no fact that was ever recorded may change its meaning."""
