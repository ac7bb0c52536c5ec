"""How a file's rows are asked for: one statement that the server answers as CSV, row by row."""

from dataclasses import dataclass
from typing import LiteralString

from domain.exports.columns import Column

FORMULA: LiteralString = r"'^([=+\-@\t\r\n＝＋－＠])'"
"""How text begins that a spreadsheet would take for a formula."""

QUOTED: LiteralString = "'''\\1'"
"""The same with a quote before it, by which a spreadsheet knows text."""

MOMENT: LiteralString = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's columns, each with its expression in SQL, and where its rows come from, in which order.

    ``in_log_order`` says that they come in the order of the log, so that none has to be sorted where most are wanted.

    ``rows`` begins with ``from``. It may use ``%(member)s``, ``%(portfolio)s`` (null for all that the person sees),
    ``%(since)s``, ``%(until)s`` (null for none) and ``%(up_to)s``, the last event that counts.
    """

    name: str
    columns: tuple[tuple[Column, LiteralString], ...]
    rows: LiteralString
    order: LiteralString
    in_log_order: bool = False

    def select(self, *, for_spreadsheets: bool) -> str:
        """The statement whose rows are the file's. Text that would be a formula gets a quote before it if asked to."""
        written = ", ".join(_written(column, sql, for_spreadsheets) for column, sql in self.columns)
        return f"select {written} {self.rows} order by {self.order}"

    def count(self) -> str:
        """The statement that counts them."""
        return f"select count(*) as rows from (select {self.rows}) counted"


def _written(column: Column, sql: str, for_spreadsheets: bool) -> str:  # noqa: FBT001  # within this module
    match column.type:
        case "moment":
            return f"to_char({sql} at time zone 'UTC', {MOMENT})"
        case "text" if for_spreadsheets:
            return f"regexp_replace({sql}, {FORMULA}, {QUOTED})"
        case "boolean":
            return f"case when {sql} then 'true' when not {sql} then 'false' end"
        case _:
            return sql


def within(moment: LiteralString) -> LiteralString:
    """SQL that says whether a moment lies in the range that is asked for."""
    return (
        f"(%(since)s::timestamptz is null or {moment} >= %(since)s)"
        f" and (%(until)s::timestamptz is null or {moment} < %(until)s)"
    )


MINE: LiteralString = (
    "p.portfolio_id in (select m.portfolio_id from portfolio_members m where m.member = %(member)s and m.present)"
    " and (%(portfolio)s::uuid is null or p.portfolio_id = %(portfolio)s)"
)
"""For rows that are joined with ``portfolios p``: those that a person sees, or one of these."""
