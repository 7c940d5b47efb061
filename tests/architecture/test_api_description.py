"""A changed API is told: the changelog names the description that its lines speak of."""

import ast
import re
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"^API description: sha256:([0-9a-f]{64})$", re.MULTILINE)


def test_a_change_of_the_api_comes_with_a_line_in_the_changelog() -> None:
    digest = sha256((ROOT / "docs" / "openapi.json").read_bytes()).hexdigest()
    found = NAMED.findall((ROOT / "CHANGELOG.md").read_text())
    assert found == [digest], (
        "docs/openapi.json changed: say in CHANGELOG.md what its clients will notice, and make its line "
        f"'API description: sha256:{digest}'"
    )


def test_no_type_is_left_open_in_the_log_and_in_the_domain() -> None:
    open_types = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ("events", "workflows")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name) and node.id == "Any"
    ]
    assert open_types == []
