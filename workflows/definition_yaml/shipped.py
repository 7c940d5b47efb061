"""The workflows that come with kawal."""

from __future__ import annotations

from importlib.resources import files

from workflows.errors import DefinitionInvalid


def shipped(name: str) -> str:
    """The text of a workflow that comes with kawal. Raises DefinitionInvalid for a name that doesn't."""
    if name not in shipped_names():
        raise DefinitionInvalid("name", f"no workflow {name!r} is shipped, only {', '.join(shipped_names())}")
    return files("workflows").joinpath("definitions", f"{name}.yaml").read_text(encoding="utf-8")


def shipped_names() -> tuple[str, ...]:
    """The names of the workflows that come with kawal, sorted."""
    entries = (entry.name for entry in files("workflows").joinpath("definitions").iterdir())
    return tuple(sorted(entry.removesuffix(".yaml") for entry in entries if entry.endswith(".yaml")))
