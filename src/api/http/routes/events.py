"""The timeline: everything that happened, in order, each with its sentence."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from api.http.access import Principal
from api.http.answers import moment, page_answer
from api.http.asked import After, Limit, Order, TheHouse, WithTimeline, number_beyond
from api.http.documents import answers
from api.http.schemas import Page, TimelineEvent
from domain.topics import TOPICS, Asked
from projections import timeline

router = APIRouter(tags=["events"])

EventType = Annotated[
    str | None, Query(alias="type", pattern=r"^[a-z_.]{1,100}$", description="Such as position.skipped")
]
About = Annotated[
    tuple[Asked, ...],
    Query(description="Only what is about one of these; `me`: what one did oneself", max_length=5),
]

OfOrder = Annotated[UUID | None, Query(description="The story of one order; name its position too")]


def select(
    principal: Principal,
    position_id: UUID | None = None,
    portfolio_id: UUID | None = None,
    event_type: EventType = None,
    about: About = (),
    run_id: UUID | None = None,
    order_id: OfOrder = None,
) -> timeline.Selection:
    """Which events are asked for."""
    return timeline.Selection(
        position_id=position_id,
        portfolio_id=portfolio_id,
        event_type=event_type,
        types=sorted({name for topic in about if topic != "me" for name in TOPICS[topic]}),
        actor=principal if "me" in about else None,
        run_id=run_id,
        order_id=order_id,
    )


Selected = Annotated[timeline.Selection, Depends(select)]


@router.get(
    "/events", responses=answers(Page[TimelineEvent]), response_model=None, dependencies=[WithTimeline]
)
def page(
    house: TheHouse,
    principal: Principal,
    selected: Selected,
    order: Order = "oldest",
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """Events of one's own portfolios and of listings, oldest first unless asked otherwise."""
    begin = number_beyond(order, after)
    with house.pool.connection() as connection:
        found = timeline.page(
            connection, principal, selected, after=begin, limit=limit, newest_first=order == "newest"
        )
    cursor = str(found[-1]["number"]) if len(found) == limit else None
    return page_answer([_item(row) for row in found], cursor)


def _item(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "at": moment(row["at"]),
        "recorded_at": moment(row["recorded_at"]),
        "data": msgspec.Raw(row["data"].encode()),
    }
