"""Every module that declares a table of the service, so that the MetaData is whole when it is compared."""

from __future__ import annotations

import importlib
import pkgutil

from sqlalchemy import MetaData

import service
from service import db

_ABOVE = ("service.app", "service.cli", "service.web", "service.api", "service.migrations", "service.supervisor")


def whole_metadata() -> MetaData:
    """The MetaData of all service tables: each module below the doors is imported, so that none can be forgotten."""
    for found in pkgutil.walk_packages(service.__path__, "service."):
        if not found.name.startswith(_ABOVE):
            importlib.import_module(found.name)
    return db.metadata
