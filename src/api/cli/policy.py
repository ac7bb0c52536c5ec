"""``ballast policy load``: put a strategy forward from two files, or approve it at once."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.cli.opening import opened
from api.cli.options import APortfolio, Data
from api.cli.own_portfolio import own_portfolio
from application.ledger import Cause
from application.policies import read_strategy
from domain.access.person import LOCAL

policy = typer.Typer(help="The strategy of a portfolio.", no_args_is_help=True)


@policy.command("load")
def load(
    policy_file: Annotated[Path, typer.Argument(metavar="POLICY.json", exists=True, dir_okay=False)],
    manifesto_file: Annotated[
        Path | None, typer.Argument(metavar="MANIFESTO.md", exists=True, dir_okay=False)
    ] = None,
    portfolio: APortfolio = None,
    approve: Annotated[bool, typer.Option("--approve", help="Let runs follow it at once.")] = False,
    data: Data = None,
) -> None:
    """Put a policy forward as a portfolio's draft; everything that is wrong with it is said at once."""
    strategy = read_strategy(
        policy_file.read_bytes(), manifesto_file.read_bytes() if manifesto_file else None
    )
    with opened(data, "ballast policy load") as (house, _):
        house.restored.require()
        portfolio_id = own_portfolio(house, portfolio)
        cause = Cause(actor=LOCAL, correlation_id=house.ledger.new_id())
        house.draft_policy(cause, portfolio_id, strategy)
        if approve:
            house.approve_policy(cause, portfolio_id, strategy.policy.hash)
    done = "runs follow it from now on" if approve else "it waits for approval"
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"Policy {strategy.policy.policy.version} ({strategy.policy.hash[:8]}): {done}.")
