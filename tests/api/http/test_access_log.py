"""What a request is answered that takes longer than a stopping server waits."""

import asyncio
import json

import pytest
from starlette.types import Message, Receive, Scope, Send

from api.http.access_log import AccessLog
from api.http.process_metrics import ProcessMetrics
from api.http.standing import Standing
from api.wiring import House

SCOPE: Scope = {"type": "http", "method": "POST", "path": "/prices", "headers": [], "query_string": b""}


async def cancelled(house: House, *, begins: bool) -> list[Message]:
    """What a client is sent of a request that never ends, when the server gives it up."""
    sent: list[Message] = []
    waiting = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if begins:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        waiting.set()
        await asyncio.Event().wait()

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    logged = AccessLog(app, ProcessMetrics(Standing(house)))
    serving = asyncio.ensure_future(logged({**SCOPE}, receive, send))
    await waiting.wait()
    serving.cancel()
    await serving
    return sent


def test_a_request_that_is_given_up_is_to_be_asked_again(house: House) -> None:
    """It is 503 and no fault, since what was asked may be done or not."""
    start, body = asyncio.run(cancelled(house, begins=False))
    assert start["status"] == 503
    assert (b"retry-after", b"5") in start["headers"]
    assert "under the same key" in json.loads(body["body"])["detail"]


def test_an_answer_that_had_begun_is_cut_off(house: House) -> None:
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled(house, begins=True))
