"""Who sees the rows of a read model's table: the condition of its row-level security.

A condition names columns of its own table and functions, never another table: read models are dropped and swapped,
which PostgreSQL refuses for what a policy depends on.
"""

from typing import Any

from psycopg import Connection

from projections.read_model import ReadModel, Table

EVERYBODY = "true"
"""For a table that holds nothing of anybody."""

SHOW = "select show_to_tenants(%s, %s)"


def of_portfolio(column: str = "portfolio_id") -> str:
    """For a table whose rows belong to portfolios."""
    return f"{column} = any ((select my_portfolios())::uuid[])"


def or_of_nobody(column: str = "portfolio_id") -> str:
    """For a table with rows of portfolios, and others that concern the whole house."""
    return f"({column} is null or {of_portfolio(column)})"


def own(column: str = "owner") -> str:
    """For a table whose rows belong to one person each."""
    return f"{column} = (select acting_person())"


def or_own(portfolio: str = "portfolio_id", owner: str = "owner") -> str:
    """For a table with rows of portfolios, of one person each, and of the whole house."""
    return f"({of_portfolio(portfolio)} or {portfolio} is null and ({owner} is null or {own(owner)}))"


def visible(table: Table) -> str:
    """The table's own condition, else its portfolio's. Raises ValueError for one that says nothing."""
    if table.visible is not None:
        return table.visible
    if "portfolio_id" not in table.columns:
        raise ValueError(f"say who sees the rows of {table.name}: Table.visible")
    return of_portfolio()


def secure(connection: Connection[dict[str, Any]], table: Table, schema: str = "public") -> None:
    """Show the table's rows to whom they are for, and to nobody else. It waits for whoever reads it."""
    connection.execute(SHOW, (f"{schema}.{table.name}", visible(table)))


def secure_changed(connection: Connection[dict[str, Any]], model: ReadModel) -> None:
    """Secure those of a model's tables whose condition is another one than it was, or is new."""
    for table in model.tables:
        row = connection.execute(
            "select visible from tenancy where table_name = %s", (table.name,)
        ).fetchone()
        if row is None or row["visible"] != visible(table):
            secure(connection, table)
