"""Where a value stands in a provider's JSON: ``chart.result[0].meta.price``, ``["Global Quote"]["05. price"]``.

``@`` is the name that an item has in its object, where items are no list but stand under names such as dates.
"""

import re
from collections.abc import Mapping
from typing import TypeAlias

from domain.market_data.templates import PLACE, places

STEP = re.compile(r"""(?:^|\.)([^.\[\]"\s]+)|\[([0-9]{1,6})\]|\["([^"\[\]]+)"\]""", re.ASCII)
PATH_LETTERS_MAX = 500
NAME = "@"

Step: TypeAlias = str | int


def check_path(path: str, *, known: frozenset[str]) -> str:
    """Answer a path that can be followed. Raises ValueError."""
    steps(path)
    unknown = places(path) - known
    if unknown:
        raise ValueError(f"has no place {{{min(unknown)}}}")
    return path


def steps(path: str) -> tuple[Step, ...]:
    """The names and numbers that lead to a value. Raises ValueError."""
    found = list[Step]()
    at = 0
    while at < len(path) <= PATH_LETTERS_MAX:
        step = STEP.match(path, at)
        if step is None:
            break
        name, index, quoted = step.groups()
        found.append(int(index) if index is not None else name or quoted)
        at = step.end()
    if at != len(path) or not found:
        raise ValueError('must be a path such as result[0].price or ["Global Quote"]["05. price"]')
    return tuple(found)


def filled_steps(path: str, values: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps of a path whose places are filled in: a symbol with a dot in it stays one name."""
    return tuple(
        step if isinstance(step, int) else PLACE.sub(lambda place: values[place[1]], step)
        for step in steps(path)
    )
