"""A layout of a broker's file: the columns by which it is known, and what a row of it says."""

from collections.abc import Callable
from dataclasses import dataclass

from adapters.statements.cells import Cells
from domain.statements.statement import Form, Row


@dataclass(frozen=True, slots=True)
class Profile:
    """``columns`` must all be there, in any order and among others; ``read`` says what a row means.

    ``name`` is stored with what was imported, so it never changes. ``references_are_unique`` says that no two rows of
    the broker's have the same reference.
    """

    name: str
    title: str
    form: Form
    columns: frozenset[str]
    read: Callable[[Cells], Row]
    references_are_unique: bool = False


def row(cells: Cells, **says: object) -> Row:
    """What was read, with everything that was wrong with it."""
    return Row.model_validate(
        {"line": cells.line, "raw": cells.raw, "problems": tuple(cells.problems)} | says
    )
