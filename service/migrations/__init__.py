"""How a database comes to the shape that this version of kawal needs."""

from service.migrations.upgrade import Migrated, upgrade

__all__ = ["Migrated", "upgrade"]
