"""The files and folders that a newcomer is sent to are there."""

import re
from pathlib import Path

import pytest

TREE = Path(__file__).parents[2]
ROOMS = ("src", "src/domain", "src/application", "src/projections", "src/adapters", "src/api", "tests", ".")
NAMED = re.compile(r"`((?:[\w.-]+/)+(?:[\w-]+\.(?:py|md|sql|json))?)`")
NOT_OURS = {"policies/", "version_2/", "src/adapters/brokers/NAME/"}
"""A folder of the data folder, and what a recipe has one make."""


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md"])
def test_every_path_that_is_named_is_there(page: str) -> None:
    """Named from the root, or from within one of the rooms."""
    named = set(NAMED.findall((TREE / page).read_text())) - NOT_OURS
    assert len(named) > 10
    assert {path for path in named if not any((TREE / room / path).exists() for room in ROOMS)} == set()
