"""A workflow's YAML text, checked whole: what `parse` answers needs no further check.

A file here reads one noun of `workflows.definition`; `reading` puts them together.
"""

from workflows.definition_yaml.reading import parse
from workflows.definition_yaml.shipped import shipped, shipped_names

__all__ = ["parse", "shipped", "shipped_names"]
