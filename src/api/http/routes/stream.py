"""News as it comes: what a page listens to instead of asking again and again."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from api.http.access import Principal
from api.http.live_stream import LiveStream

router = APIRouter(tags=["today"])

MEDIA_TYPE = "text/event-stream"

DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {"description": "Events `log` and `prices`", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
}


async def the_live_stream(request: Request) -> LiveStream:
    """The listeners of this process."""
    live_stream: LiveStream = request.app.state.live_stream
    return live_stream


@router.get("/stream", response_class=StreamingResponse, responses=DOCUMENTED, include_in_schema=False)
async def listen(
    live_stream: Annotated[LiveStream, Depends(the_live_stream)], principal: Principal
) -> StreamingResponse:
    """Server-sent events: ``log`` with the newest number that one may see, ``prices`` with their newest moment."""
    live_stream.welcome(principal)
    return StreamingResponse(
        live_stream.news(principal), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"}
    )
