"""Tells PostgreSQL's programs where a database is."""

from collections.abc import Mapping

from psycopg.conninfo import conninfo_to_dict, make_conninfo


def option_and_environment(database_url: str) -> tuple[str, Mapping[str, str]]:
    """The option that names a database, and the environment with its password.

    What stands in a command anybody on the machine may read.
    """
    conninfo = conninfo_to_dict(database_url)
    password = conninfo.pop("password", None)
    environment = {"PGPASSWORD": str(password)} if password else {}
    return f"--dbname={make_conninfo('', **conninfo)}", environment
