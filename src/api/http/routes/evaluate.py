"""Ask for a decision on one position, now or at a given time."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.http.answers import decimal, encode, json_answer, rounded
from api.http.asked import OwnPosition, TheHouse
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Moment
from api.http.position_card import SHARE_FRACTION
from api.http.problems import invalid
from api.http.schemas import Evaluation
from api.http.schemas.charts import SettingsPreview
from api.http.strict_request import StrictRoute
from api.wiring import House
from application.evaluate_position import Answer, Question
from domain.balancing import band
from domain.numbers import PositiveDecimal
from domain.quote import Quote
from domain.refusals import NotFound
from domain.settings import SettingsChange

router = APIRouter(tags=["positions"], route_class=StrictRoute)

AHEAD_MAX = timedelta(seconds=5)


class Asked(Body):
    """A price, or a quote, or nothing for the latest known price. ``as_of`` is the decision time."""

    price: PositiveDecimal | None = None
    last: PositiveDecimal | None = None
    bid: PositiveDecimal | None = None
    ask: PositiveDecimal | None = None
    as_of: Moment | None = None


class Tried(Body):
    """Settings to try; what is left out stays as it is."""

    settings: SettingsChange


@router.post("/positions/{position_id}/evaluate", responses=answers(Evaluation), response_model=None)
def evaluate(
    house: TheHouse,
    command: ACommand,
    position_id: OwnPosition,
    body: Asked | None = None,
    dry_run: bool = False,
) -> Response:
    """Decide for a position. With ``dry_run`` nothing is stored, and no key is needed."""
    question = _question(house, position_id, body or Asked(), dry_run=dry_run)
    if dry_run:
        outcome = house.evaluate_position(command.cause(), question)
        return json_answer(_written(outcome.answer))
    return command.run(lambda cause: house.evaluate_position(cause, question), _written)


@router.post("/positions/{position_id}/preview", responses=answers(SettingsPreview), response_model=None)
def preview(house: TheHouse, command: ACommand, position_id: OwnPosition, body: Tried) -> Response:
    """What other settings would make of the band and of a decision now. Nothing is stored, and no key is needed."""
    question = Question(position_id, None, None, dry_run=True, settings=body.settings)
    answer = house.evaluate_position(command.cause(), question).answer
    if answer.inputs is None:
        raise NotFound("position", position_id)
    inputs = answer.inputs
    edges = band(inputs.anchor, inputs.settings.tau)
    return json_answer(
        encode(
            {
                "anchor": decimal(inputs.anchor),
                "buy_below": decimal(edges.buy_below),
                "sell_above": decimal(edges.sell_above),
                "guardrails": {
                    "low": decimal(inputs.settings.g_low),
                    "high": decimal(inputs.settings.g_high),
                },
                "evaluation": _json(answer),
            }
        )
    )


def _question(house: House, position_id: UUID, asked: Asked, *, dry_run: bool) -> Question:
    given = (asked.last, asked.bid, asked.ask)
    now = house.ledger.clock()
    if asked.as_of is not None and asked.as_of > now + AHEAD_MAX:
        raise invalid(("as_of", "The time lies in the future."))
    if asked.price is not None and given != (None, None, None):
        raise invalid(("price", "Give either a price, or last, bid and ask."))
    if (asked.bid is None) != (asked.ask is None):
        missing = "bid" if asked.bid is None else "ask"
        raise invalid((missing, "Bid and ask go together."))
    if asked.bid is not None and asked.ask is not None and asked.bid > asked.ask:
        raise invalid(("bid", "The bid is above the ask."))
    last = asked.price if asked.price is not None else asked.last
    quote = None
    if last is not None or asked.bid is not None:
        quote = Quote(last=last, bid=asked.bid, ask=asked.ask, as_of=asked.as_of or now)
    return Question(position_id, quote, asked.as_of, dry_run)


def _written(answer: Answer) -> bytes:
    return encode(_json(answer))


def _json(answer: Answer) -> dict[str, Any]:
    decision = answer.decision
    return {
        "outcome": decision.outcome,
        "reason": decision.reason,
        "side": decision.side,
        "raw_quantity": decimal(decision.raw_quantity),
        "quantity": decimal(decision.quantity),
        "price": decimal(decision.price),
        "price_source": decision.price_source,
        "projected_asset_share": rounded(decision.projected_asset_share, SHARE_FRACTION),
        "trimmed_by": decision.trimmed_by,
        "order_id": answer.order_id,
        "recommendation_id": answer.recommendation_id,
        "sentence": answer.sentence,
    }
