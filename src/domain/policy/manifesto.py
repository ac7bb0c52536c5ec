"""The manifesto as a page: the author's prose as it was written, and the policy's own figures in it.

``{{targets.core}}`` stands for a figure by its path, ``{{targets.core | percent}}`` for a part of one in percent, and
``{{figures}}``, alone on its line, for the table of all of them. Without that the table follows the prose.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of the page; ``path`` is the figure that it spells, None for what the author wrote."""

    text: str
    path: str | None = None


def pieces(document: Mapping[str, Any], manifesto: str) -> list[Piece]:
    """The prose in Markdown, cut where figures stand in it, so that each is told from the text around it."""
    known = figures(document)
    found: list[Piece] = []
    end = 0
    for match in EITHER.finditer(manifesto):
        found.append(Piece(manifesto[end : match.start()]))
        end = match.end()
        if match[1] is None:
            found.extend(_table(known))
            continue
        figure = _figure(match[1], known)
        found.append(Piece(match[0]) if figure is None else Piece(figure, match[1].partition("|")[0].strip()))
    return [each for each in (*found, Piece(manifesto[end:])) if each.text]


def render(document: Mapping[str, Any], manifesto: str | None) -> str:
    """The page in Markdown. A placeholder that stands for nothing stays as it was written."""
    table = _text(_table(figures(document)))
    if manifesto is None:
        return f"# Policy {spelled(document['version'])}\n\n{table}\n"
    page = _text(pieces(document, manifesto))
    if TABLE.search(manifesto):
        return page
    gap = "" if not page else "\n" if page.endswith("\n") else "\n\n"
    return f"{page}{gap}## Figures\n\n{table}\n"


def _text(found: Iterable[Piece]) -> str:
    return "".join(each.text for each in found)


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


def _table(known: Mapping[str, Json]) -> Iterator[Piece]:
    yield Piece("| Figure | Value |\n|---|---|")
    for path, figure in known.items():
        yield Piece(f"\n| {_cell(path)} | ")
        yield Piece(_cell(spelled(figure)), path)
        yield Piece(" |")


def _cell(text: str) -> str:
    """Text in a cell: what would end it, or begin markup of another kind, is only text."""
    return re.sub(r"([\\|<>&`*_\[\]])", r"\\\1", " ".join(text.split()))
