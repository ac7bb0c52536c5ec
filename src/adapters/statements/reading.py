"""Read a broker's file, whichever it is: the layout is recognised by its header."""

from collections.abc import Sequence

from adapters.statements.aj_bell import AJ_BELL_POSITIONS
from adapters.statements.cells import Cells
from adapters.statements.content import text_of
from adapters.statements.flex import is_flex, read_flex
from adapters.statements.hargreaves_lansdown import HARGREAVES_LANSDOWN
from adapters.statements.profile import Profile
from adapters.statements.table import table_of
from adapters.statements.trading_212 import TRADING_212
from domain.statements.statement import Statement

PROFILES: Sequence[Profile] = (AJ_BELL_POSITIONS, TRADING_212, HARGREAVES_LANSDOWN)
ROWS_MAX = 10_000
AMBIGUOUS_DELIMITER = ";"
"""Where people separate cells by it, they write decimals with a comma."""


def read_statement(content: bytes) -> Statement:
    """See application.ports.statements.ReadStatement."""
    text = text_of(content)
    if is_flex(text):
        return read_flex(text, ROWS_MAX)
    table = table_of(text, PROFILES, ROWS_MAX)
    plain = table.delimiter != AMBIGUOUS_DELIMITER
    rows = [table.profile.read(Cells(line, raw, plain_commas=plain)) for line, raw in table.rows]
    profile = table.profile
    return Statement(
        profile=profile.name,
        title=profile.title,
        form=profile.form,
        rows=tuple(rows),
        references_are_unique=profile.references_are_unique,
    )
