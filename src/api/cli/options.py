"""Options that several commands share."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

Data = Annotated[
    Path | None,
    typer.Option("--data", help="The folder everything is kept in.", show_default="$BALLAST_DATA or ./data"),
]
Json = Annotated[bool, typer.Option("--json", help="Answer for machines.")]
APortfolio = Annotated[
    UUID | None,
    typer.Option("--portfolio", help="The portfolio's id; not needed while there is only one."),
]
