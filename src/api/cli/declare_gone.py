"""``ballast declare-gone``: let a restored Ballast act again that waits for an account which is no more."""

import json
from typing import Annotated
from uuid import UUID

import typer

from api.cli.opening import opened
from api.cli.options import Data, Json
from api.logs import configure
from application.ledger import Cause
from domain.access.person import LOCAL


def declare_gone(
    portfolio: Annotated[UUID, typer.Argument(help="The portfolio's id, as GET /health/trading says it.")],
    reason: Annotated[str, typer.Option(prompt=True, help="How it is known that the account is gone.")],
    confirm: Annotated[str, typer.Option(prompt="The portfolio's name", help="The portfolio's name, typed.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Give up a portfolio's account at its broker, for good, after a restore that waits for it.

    The portfolio is kept as it is on the books: frozen, without keys, never to trade again. Its open orders end.
    """
    configure("WARNING")
    with opened(data, "a declaration") as (house, _):
        cause = Cause(actor=LOCAL, correlation_id=house.ledger.new_id())
        kept = house.declare_account_gone(cause, portfolio, reason, confirm).answer
        waiting = house.restored.waiting()
    if as_json:
        told = {"id": str(kept.id), "name": kept.title, "freeze_reasons": kept.freeze_reasons}
        print(json.dumps(told | {"restored": waiting and waiting.sentence}))
        return
    print(f"{kept.title} is kept as it is, and trades no more.")
    print(waiting.sentence if waiting else "Nothing is waited for any more: this Ballast acts again.")
