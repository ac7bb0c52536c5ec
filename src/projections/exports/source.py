"""How a file's rows are asked for: one statement that the server answers row by row, as CSV or as a line of JSON."""

from dataclasses import dataclass
from typing import LiteralString

from domain.exports.columns import Column
from domain.exports.wanted import Form

FORMULA: LiteralString = r"'^([=+\-@\t\r\n＝＋－＠])'"
"""How text begins that a spreadsheet would take for a formula."""

QUOTED: LiteralString = "'''\\1'"
"""The same with a quote before it, by which a spreadsheet knows text."""

MOMENT: LiteralString = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""

AS_CSV: LiteralString = "format csv"
AS_LINES: LiteralString = r"format csv, delimiter E'\x01', quote E'\x02'"
"""Of one column, and with signs that no JSON has in it: a row is its text."""


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

    def select(self, form: Form) -> str:
        """The statement whose rows are the file's: its columns, or for lines of JSON one object of them all."""
        if form != "jsonl":
            written = ", ".join(_written(column, sql, form) for column, sql in self.columns)
            return f"select {written} {self.rows} order by {self.order}"
        named = ", ".join(f'{_in_json(column, sql)} as "{column.name}"' for column, sql in self.columns)
        return f"select row_to_json(said)::text from (select {named} {self.rows} order by {self.order}) said"

    def copy(self, form: Form) -> str:
        """The command that streams these rows, a message each that ends with a newline."""
        return f"copy ({self.select(form)}) to stdout ({AS_LINES if form == 'jsonl' else AS_CSV})"

    def count(self) -> str:
        """The statement that counts them."""
        return f"select count(*) as rows from (select {self.rows}) counted"


def _in_json(column: Column, sql: str) -> str:
    match column.type:
        case "moment":
            return _moment(sql)
        case "decimal":
            return f"({sql})::text"  # readers of JSON round numbers
        case "json":
            return f"({sql})::json"  # stays as it is, to the byte
        case _:
            return sql


def _written(column: Column, sql: str, form: Form) -> str:
    match column.type:
        case "moment":
            return _moment(sql)
        case "text" | "json" if form == "csv":
            return f"regexp_replace({sql}, {FORMULA}, {QUOTED})"
        case "boolean":
            return f"case when {sql} then 'true' when not {sql} then 'false' end"
        case _:
            return sql


def _moment(sql: str) -> str:
    return f"to_char({sql} at time zone 'UTC', {MOMENT})"


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
