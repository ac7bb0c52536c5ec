"""A policy's figures in words, each by its path: ``targets.core``, ``cash_park.waves[A].drawdown_trigger``."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from domain.numbers import exactly, shortest
from domain.policy.canonical import Json, canonical
from domain.policy.difference import names_of

HUNDRED = Decimal(100)
PARTS_OF_ONE = frozenset({"drawdown_trigger", "deploy_fraction_of_remaining", "max_drawdown_tolerance"})


def figures(document: Json) -> dict[str, Json]:
    """Everything in a document that is no object and no list of objects, in the document's order."""
    return dict(_walk("", document))


def spelled(figure: Json) -> str:
    """A figure on one line as a person reads it: a list by its items, yes and no for true and false."""
    match figure:
        case bool():
            return "yes" if figure else "no"
        case int() | Decimal():
            return shortest(Decimal(figure))
        case str():
            return " ".join(figure.split())
        case Sequence():
            return ", ".join(spelled(each) for each in figure)
        case _:
            return canonical(figure)


@exactly
def in_percent(figure: Json) -> str | None:
    """A part of one as a percentage, None for what is no number."""
    if isinstance(figure, bool) or not isinstance(figure, int | Decimal):
        return None
    return f"{shortest(figure * HUNDRED)} %"


def is_part_of_one(path: str) -> bool:
    """Whether a figure is a weight or another part of a whole, which people read in percent."""
    return path.startswith("targets.") or path.rpartition(".")[2] in PARTS_OF_ONE


def _walk(path: str, node: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _walk(f"{path}.{key}" if path else key, value)
    elif (
        isinstance(node, Sequence)
        and not isinstance(node, str)
        and any(isinstance(each, Mapping) for each in node)
    ):
        known = names_of(node) or {str(number): each for number, each in enumerate(node)}
        for name, item in known.items():
            yield from _walk(f"{path}[{name}]", item)
    else:
        yield path, node
