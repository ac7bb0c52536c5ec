"""The manifesto as a page: the author's prose as it was written, and the policy's own figures in it.

``{{targets.core}}`` stands for a figure by its path, ``{{targets.core | percent}}`` for a part of one in percent, and
``{{figures}}``, alone on its line, for the table of all of them. Without that the table follows the prose.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.policy.canonical import Json
from domain.policy.figures import figures, in_percent, spelled

PLACEHOLDER = re.compile(r"\{\{[ \t]*([^{}\r\n]*?)[ \t]*\}\}")
TABLE = re.compile(r"^[ \t]*\{\{[ \t]*figures[ \t]*\}\}[ \t]*(?=\r?$)", re.MULTILINE)
EITHER = re.compile(f"{TABLE.pattern}|{PLACEHOLDER.pattern}", re.MULTILINE)
LINE_END = re.compile(r"\r?\n")
ALL, PERCENT = "figures", "percent"


@dataclass(frozen=True, slots=True)
class Problem:
    """A placeholder that stands for nothing, on a line counted from 1."""

    line: int
    sentence: str


def problems(document: Mapping[str, Any], manifesto: str) -> list[Problem]:
    """Every placeholder that the policy has no figure for, in the order of the text."""
    known = figures(document)
    return [Problem(line, sentence) for line, sentence in _unknown(manifesto, known)]


def render(document: Mapping[str, Any], manifesto: str | None) -> str:
    """The page in Markdown. A placeholder that stands for nothing stays as it was written."""
    known = figures(document)
    if manifesto is None:
        return f"# Policy {spelled(document['version'])}\n\n{_table(known)}\n"

    def figure(found: re.Match[str]) -> str:
        return _table(known) if found[1] is None else _figure(found[1], known) or found[0]

    page = EITHER.sub(figure, manifesto)
    if TABLE.search(manifesto):
        return page
    gap = "" if not page else "\n" if page.endswith("\n") else "\n\n"
    return f"{page}{gap}## Figures\n\n{_table(known)}\n"


def _figure(wanted: str, known: Mapping[str, Json]) -> str | None:
    path, bar, form = (part.strip() for part in wanted.partition("|"))
    if path not in known:
        return None
    if not bar:
        return spelled(known[path])
    return in_percent(known[path]) if form == PERCENT else None


def _unknown(text: str, known: Mapping[str, Json]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(LINE_END.split(text), 1):
        for found in PLACEHOLDER.finditer(line):
            if _figure(found[1], known) is not None:
                continue
            if found[1] == ALL:
                if not TABLE.match(line):
                    yield number, "{{figures}} is a table and needs a line of its own."
            else:
                yield number, f"The policy has no figure for {found[0]}."


def _table(known: Mapping[str, Json]) -> str:
    rows = (f"| {_cell(path)} | {_cell(spelled(figure))} |" for path, figure in known.items())
    return "\n".join(["| Figure | Value |", "|---|---|", *rows])


def _cell(text: str) -> str:
    """Text in a cell: what would end it, or begin markup of another kind, is only text."""
    return re.sub(r"([\\|<>&`*_\[\]])", r"\\\1", " ".join(text.split()))
