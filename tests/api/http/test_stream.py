"""News as it comes: numbers and moments, to each person their own, for as long as they listen."""

import asyncio
import json
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.http.live_stream import OF_ALL_MAX, OF_ONE_MAX, RETRY, LiveStream
from api.http.problems import Problem
from api.wiring import House
from examples import IN_SESSION
from over_http import open_example


async def next_of(news: AsyncGenerator[bytes], name: str) -> dict[str, Any]:
    """The next piece of news of a kind."""
    async with asyncio.timeout(10):
        async for piece in news:
            head, _, data = piece.decode().strip().partition("\ndata: ")
            if head == f"event: {name}":
                found: dict[str, Any] = json.loads(data)
                return found
    raise AssertionError(f"there was no {name}")


def live_stream(client: TestClient) -> LiveStream:
    """The listeners of the application behind a client."""
    found: LiveStream = client.app.state.live_stream  # type: ignore[attr-defined]  # a Starlette application
    return found


def test_a_listener_hears_of_an_event_and_of_prices(live: TestClient, running: House) -> None:
    example = open_example(live)

    async def listen() -> None:
        news = live_stream(live).news("local")
        assert await anext(news) == RETRY
        first = await next_of(news, "log")
        paused = await asyncio.to_thread(live.post, f"{example.address}/pause")
        position = int(paused.headers["Ballast-Position"])
        assert first["number"] < position == (await next_of(news, "log"))["number"]
        await asyncio.to_thread(example.tick, "100.5")
        assert (await next_of(news, "prices"))["newest"] == IN_SESSION.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        await news.aclose()

    asyncio.run(listen())


def test_another_hears_of_listings_only(live: TestClient) -> None:
    example = open_example(live)
    listing_number = answered_number(live, example.listing_id)

    async def listen() -> None:
        news = live_stream(live).news("somebody else")
        assert (await next_of(news, "log"))["number"] == listing_number
        await news.aclose()

    asyncio.run(listen())


def answered_number(client: TestClient, listing_id: str) -> int:
    """The number of the newest event of a listing."""
    events = client.get("/events", params={"order": "newest"}).json()["items"]
    return next(int(each["number"]) for each in events if each["stream"] == f"listing-{listing_id}")


def test_a_stop_ends_every_stream(client: TestClient) -> None:
    async def listen() -> None:
        stream = live_stream(client)
        news = stream.news("local")
        await anext(news)
        stream.close()
        async with asyncio.timeout(5):
            assert [each async for each in news if b"event" in each] == []

    asyncio.run(listen())


@pytest.mark.parametrize(
    ("listeners", "status"),
    [(["local"] * OF_ONE_MAX, 429), ([f"p{number}" for number in range(OF_ALL_MAX)], 503)],
)
def test_there_are_only_so_many_places(client: TestClient, listeners: list[str], status: int) -> None:
    async def listen() -> None:
        stream = live_stream(client)
        news = [stream.news(each) for each in listeners]
        for each in news:
            stream.welcome("local")
            await anext(each)
        with pytest.raises(Problem) as refused:
            stream.welcome("local")
        assert refused.value.status_code == HTTPStatus(status)
        for each in news:
            await each.aclose()
        stream.welcome("local")

    asyncio.run(listen())
