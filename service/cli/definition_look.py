"""`kawal definition check|show|diff|new`: looking at a workflow's text, and beginning one of your own."""

from __future__ import annotations

import re
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import click

from service.cli import exits
from service.cli.operator import desk
from service.cli.output import json_option, print_json
from service.sentences import workflow_told
from workflows.definition import Definition
from workflows.definition_changes import Difference, changes
from workflows.definition_checks import Organised, doubts, office_doubts
from workflows.definition_yaml import parse, shipped, shipped_names
from workflows.doubts import Doubt
from workflows.drawing import svg
from workflows.errors import DefinitionInvalid
from workflows.lifecycle import compile_table, mermaid
from workflows.yaml_nodes import line_of

INSTALLED = re.compile(r"(?P<name>[a-z0-9-]+)@(?P<version>[0-9]{1,6})")
TOP_NAME, TOP_VERSION = re.compile(r"^name:.*$", re.MULTILINE), re.compile(r"^version:.*$", re.MULTILINE)
BEGUN = """\
# {name}, begun from {source}, version {version}. Every key: docs/definitions.md.
#   kawal definition check {file}     what is wrong or doubtful, with its line
#   kawal definition diff {source} {file}     what you changed
#   kawal definition show {file} --format text     the whole in words
"""

language_option = click.option(
    "--language", type=click.Choice(("id", "en")), default="id", show_default=True, help="Of labels and sentences."
)


@click.command()
@click.argument("workflow", metavar="NAME|NAME@VERSION|FILE")
@click.option(
    "--format",
    "shape",
    type=click.Choice(("mermaid", "svg", "text")),
    default="mermaid",
    show_default=True,
    help="What to draw or write: a Mermaid diagram, an SVG image, or words.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write into this file.")
@language_option
@json_option
def show(workflow: str, shape: str, output: Path | None, language: str, as_json: bool) -> None:
    """Draw a workflow's states and moves, or tell the whole in words.

    NAME is a shipped workflow, NAME@VERSION an installed one, FILE a YAML file. With --json the compiled table is
    printed: from each state, by each move, to which state; with own fields, scale, publication and retention.
    """
    found = parse(read_text(workflow))
    if as_json:
        print_json(_document(found))
        return
    shown = {"mermaid": mermaid, "svg": svg, "text": _in_words}[shape](found, language)
    if output is None:
        click.echo(shown, nl=False)
    else:
        _write(output, shown)
        click.echo(f"{output} written")


@click.command()
@click.argument("workflow", metavar="NAME|NAME@VERSION|FILE")
@click.option("--strict", is_flag=True, help="Exit 1 where there is a warning.")
@click.option(
    "--directory", is_flag=True, help="Look at the log's offices too: roles that none has, too few for a quorum."
)
@language_option
@json_option
def check(workflow: str, *, strict: bool, directory: bool, language: str, as_json: bool) -> None:
    """Check a workflow: what breaks the schema (exit 2), and what is probably a slip (a warning).

    Warnings: states that no way leads to, open states without a way out, steps that nobody can fill, waits that nobody
    would end, guards that never hold, fields that nobody can fill, notices that nobody hears, ladders and catalogues
    that nobody uses. Whether an office has each role, only --directory can tell.
    """
    text = read_text(workflow)
    found = parse(text)
    warned = (*doubts(found), *(_office_doubts(found) if directory else ()))
    digest = sha256(text.encode()).hexdigest()[:16]
    counts = {"states": len(found.states), "moves": len(found.moves), "ladders": len(found.ladders)}
    if as_json:
        listed = [_warning(one, text) for one in warned]
        print_json({"name": found.name, "version": found.version, "digest": digest, **counts, "warnings": listed})
    else:
        counted = ", ".join(f"{count} {what}" for what, count in counts.items())
        ends = f"{len(warned)} warnings." if warned else "No fault found."
        click.echo(f"{found.name} v{found.version} ({digest}): {counted}. {ends}")
        for one in warned:
            click.echo(f"{workflow}:{line_of(text, one.place)}: {one.place}: {one.sentence(language)}")
    if strict and warned:
        raise SystemExit(exits.FAILED)


@click.command()
@click.argument("old", metavar="NAME|NAME@VERSION|FILE")
@click.argument("new", metavar="NAME|NAME@VERSION|FILE")
@language_option
@json_option
def diff(old: str, new: str, *, language: str, as_json: bool) -> None:
    """Say how two workflows differ in what they mean; exit 1 if they do, like diff.

    Comments, the order of writing and spelt out defaults are no differences.
    """
    found = changes(parse(read_text(old)), parse(read_text(new)))
    if as_json:
        print_json([_difference(one) for one in found])
    else:
        for one in found:
            click.echo(one.sentence(language))
        if not found:
            click.echo({"id": "Tidak ada perbedaan.", "en": "No difference."}[language])
    if found:
        raise SystemExit(exits.FAILED)


@click.command()
@click.argument("name")
@click.option("--from", "source", required=True, metavar="NAME|NAME@VERSION|FILE", help="What it begins as.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: NAME.yaml here.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@json_option
def new(name: str, *, source: str, output: Path | None, force: bool, as_json: bool) -> None:
    """Begin a workflow of your own from another: its text and comments under another name, as version 1."""
    text = read_text(source)
    file = output or Path(f"{name}.yaml")
    begun = BEGUN.format(name=name, source=source, version=parse(text).version, file=file)
    renamed = TOP_VERSION.sub("version: 1", TOP_NAME.sub(f"name: {name}", text, count=1), count=1)
    try:
        made = parse(begun + renamed)
    except DefinitionInvalid as error:
        refuse(f"{name}: {error.place}: {error.reason}")
    if (made.name, made.version) != (name, 1):
        refuse(f"{source}: name and version must begin a line of their own to be replaced")
    _write(file, begun + renamed, force=force)
    if as_json:
        print_json({"name": name, "version": 1, "from": source, "file": str(file)})
    else:
        click.echo(f"{file} written: {name}, version 1, begun from {source}")


COMMANDS = (show, check, diff, new)


def read_text(workflow: str) -> str:
    """The text of a shipped workflow, an installed one or a file, which is valid; ends with exit 2 otherwise."""
    installed = INSTALLED.fullmatch(workflow)
    try:
        if installed is not None:
            text = _installed(installed["name"], int(installed["version"]))
        else:
            text = shipped(workflow) if workflow in shipped_names() else Path(workflow).read_text(encoding="utf-8")
        parse(text)
    except DefinitionInvalid as error:
        refuse(f"{workflow}: {error.place}: {error.reason}")
    except UnicodeDecodeError as error:
        refuse(f"{workflow}: not UTF-8 at byte {error.start}")
    except OSError:
        refuse(f"{workflow}: neither a shipped workflow ({', '.join(shipped_names())}) nor a readable file")
    return text


def refuse(sentence: str) -> NoReturn:
    """End with exit 2 and a sentence."""
    click.echo(f"kawal: {sentence}", err=True)
    raise SystemExit(exits.USAGE)


def _installed(name: str, version: int) -> str:
    with desk() as here:
        found = here.runtime.basis(fresh=True).installed.definition(name, version)
    if found is None:
        refuse(f"{name}@{version}: not installed")
    return found.text


def _office_doubts(definition: Definition) -> tuple[Doubt, ...]:
    with desk() as here:
        basis = here.runtime.basis(fresh=True)
    followed = [one for one in basis.programmes.values() if one.definition == definition.name]
    parties = tuple(dict.fromkeys(party for programme in followed for party in programme.parties))
    return office_doubts(Organised(definition, basis.directory, parties))


def _warning(one: Doubt, text: str) -> dict[str, object]:
    said = {"id": one.sentence("id"), "en": one.sentence("en")}
    return {
        "code": one.code,
        "place": one.place,
        "line": line_of(text, one.place),
        "sentence": said,
        "facts": one.facts,
    }


def _difference(one: Difference) -> dict[str, object]:
    said = {"id": one.sentence("id"), "en": one.sentence("en")}
    return {"kind": one.kind, "place": one.place, "old": asdict(one.old), "new": asdict(one.new), "sentence": said}


def _document(found: Definition) -> dict[str, object]:
    table = [{"from": source, "move": move, "to": target} for (source, move), target in compile_table(found).items()]
    scale = found.scale
    return {
        "name": found.name,
        "version": found.version,
        "digest": found.digest,
        "table": table,
        "fields": [
            {
                "on": place,
                "name": field.name,
                "type": field.type,
                "label": asdict(field.label),
                "required_in": sorted(field.required_in),
                "visible_to": None if field.visible_to is None else sorted(field.visible_to),
            }
            for place, field in found.fields.each()
        ],
        "scale": None if scale is None else [asdict(level) for level in scale.levels],
        "publication": {name: sorted(getattr(found.publication, name)) for name in ("states", "fields", "facts")},
        "retention": [asdict(one) for one in found.retention],
    }


def _in_words(found: Definition, language: str) -> str:
    said = found.label.id if language == "id" else found.label.en
    lines = [f"{said} ({found.name}, v{found.version})"]
    for section in workflow_told(found, language):
        lines += ["", section.title.upper(), *([f"  {section.note}"] if section.note else [])]
        for entry in section.entries:
            lines.append(f"  {entry.title} ({entry.code})")
            lines += [f"    {label}: {value}" if label else f"    {value}" for label, value in entry.lines]
    return "\n".join((*lines, ""))


def _write(file: Path, text: str, *, force: bool = True) -> None:
    """Write the whole or nothing; without `force` an existing file stays as it is."""
    try:
        with file.open("w" if force else "x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError:
        refuse(f"{file} exists: --force overwrites it")
    except OSError as error:
        refuse(f"{file} can't be written: {error.strerror}")
