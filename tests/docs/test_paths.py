"""The files and folders that a newcomer is sent to are there."""

import re
from pathlib import Path

import pytest

TREE = Path(__file__).parents[2]
ROOMS = ("src", "src/domain", "src/application", "src/projections", "src/adapters", "src/api", "tests", ".")
NAMED = re.compile(r"`((?:[\w.-]+/)+(?:[\w-]+\.(?:py|md|sql|json))?)`")
NOT_OURS = {"policies/", "version_2/", "src/adapters/brokers/NAME/"}
"""A folder of the data folder, and what a recipe has one make."""
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
PAGES = [str(page.relative_to(TREE)) for page in sorted([*TREE.glob("*.md"), *TREE.glob("docs/**/*.md")])]


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md"])
def test_every_path_that_is_named_is_there(page: str) -> None:
    """Named from the root, or from within one of the rooms."""
    named = set(NAMED.findall((TREE / page).read_text())) - NOT_OURS
    assert len(named) > 10
    assert {path for path in named if not any((TREE / room / path).exists() for room in ROOMS)} == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    """From page to page within the tree."""
    assert [
        link
        for link in LINK.findall((TREE / page).read_text())
        if not (TREE / page).parent.joinpath(link).exists()
    ] == []


def test_every_decision_is_listed_by_its_title() -> None:
    listed = dict(
        re.findall(r"^- \[\d+\]\(([^)]+)\) (.+)$", (TREE / "docs/adr/README.md").read_text(), re.MULTILINE)
    )
    pages = TREE.glob("docs/adr/0*.md")
    assert listed == {page.name: page.read_text().splitlines()[0].split(". ", 1)[1] for page in pages}


def test_every_rule_that_the_code_names_is_there() -> None:
    """``DOMAIN §2.4`` is a section of the rules, and a step of it where it has steps."""
    rules = (TREE / "docs/domain.md").read_text()
    sections = dict(re.findall(r"^## (\d+) (.*?)(?=^## |\Z)", rules, re.MULTILINE | re.DOTALL))
    named = {
        name
        for file in (TREE / "src").rglob("*.py")
        for name in re.findall(r"DOMAIN §(\d+)(?:\.(\d+))?", file.read_text())
    }
    assert len(named) > 10
    assert {name for name in named if name[0] not in sections} == set()
    steps = {
        (number, step)
        for number, body in sections.items()
        for step in re.findall(r"^(\d+)\. ", body, re.MULTILINE)
    }
    assert {name for name in named if name[1]} - steps == set()


def test_no_page_is_named_that_is_not_there() -> None:
    """A source such as ``README.md`` is one that a reader has, or, as ``MANIFESTO.md``, writes."""
    named = {
        name
        for room in ("src", "benchmarks", "web/src")
        for file in (TREE / room).rglob("*.*")
        if file.suffix in {".py", ".ts", ".tsx"}
        for name in re.findall(r"\b[A-Z]{3,}\.md\b", file.read_text())
    }
    assert named - {Path(page).name for page in PAGES} == {"MANIFESTO.md"}
