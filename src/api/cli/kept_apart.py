"""What the doctor says of the role under which people's rows are read."""

from collections.abc import Iterator

import psycopg

from adapters.postgres.tenant_role import TENANT, lacking
from api.cli.finding import Finding


def kept_apart(database_url: str) -> Iterator[Finding]:
    """Whether the database keeps people apart, and what is to be done when it does not; nothing while it is away."""
    try:
        with psycopg.connect(database_url, connect_timeout=5) as connection:
            problem = lacking(connection)
    except psycopg.Error:
        return
    yield Finding(
        "people's rows", "kept apart by queries alone" if problem else "kept apart", TENANT, problem
    )
