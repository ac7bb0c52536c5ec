"""``ballast migrate``: bring the schema up to date, and nothing else."""

from api.cli.opening import opened
from api.cli.options import Data
from api.logs import configure


def migrate(data: Data = None) -> None:
    """Apply migrations and rebuild read models that have changed their shape, as every start does; then end."""
    configure("WARNING")
    with opened(data, "a migration"):
        print("The database is up to date.")
