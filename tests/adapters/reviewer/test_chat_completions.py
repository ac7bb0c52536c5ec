"""A model over a real socket: what is sent to it, and that whatever it answers is an answer or a sentence of ours."""

import json
from collections.abc import Iterator

import pytest

from adapters.outbound.addresses import AddressPolicy
from adapters.outbound.client import Outbound
from adapters.reviewer.chat_completions import ANSWER_BYTES_MAX, ChatReviewer, with_home
from application.ports.reviewer import Answered, NoAnswer
from domain.review.opinion import SCHEMA, read_opinion
from provider_server.door import Door, Reply
from reviewer_server import FINE, HOSTILE, KEY, MODEL, endpoint, said


@pytest.fixture
def outbound() -> Iterator[Outbound]:
    with Outbound(with_home(AddressPolicy()), ANSWER_BYTES_MAX) as outbound:
        yield outbound


def reviewer(outbound: Outbound, door: Door, path: str = "/v1", key: str | None = KEY) -> ChatReviewer:
    """A model behind a door, which is given little time."""
    return ChatReviewer(outbound, f"{door.url}{path}", MODEL, lambda: key, SCHEMA, seconds_max=0.5)


def test_the_bytes_that_are_sent_are_these_and_no_others(outbound: Outbound) -> None:
    with endpoint(said(FINE)) as door:
        answered = reviewer(outbound, door).ask("Be brief.", '{"é":1}')

    assert answered == Answered(json.dumps(FINE), 321)
    [asked] = door.asked
    assert (asked.method, asked.path, asked.query) == ("POST", "/v1/chat/completions", {})
    assert dict(asked.headers) == {
        "host": f"127.0.0.1:{door.port}",
        "accept-encoding": "identity",
        "user-agent": "ballast",
        "content-type": "application/json",
        "authorization": f"Bearer {KEY}",
        "content-length": str(len(asked.content)),
    }
    assert asked.content == (
        b'{"model":"tiny-1","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":'
        b'"{\\"\xc3\xa9\\":1}"}],"max_tokens":4000,"response_format":{"type":"json_schema","json_schema":'
        b'{"name":"review","strict":true,"schema":{"type":"object","properties":{"verdict":{"type":"string",'
        b'"enum":["PASS","WARN","FAIL"]},"notes":{"type":"array","items":{"type":"string"}}},'
        b'"required":["verdict","notes"],"additionalProperties":false}}}}'
    )


def test_a_model_at_home_needs_no_key_and_may_be_named_by_its_whole_address(outbound: Outbound) -> None:
    with endpoint(said(FINE, tokens=None)) as door:
        assert reviewer(outbound, door, "/api/chat/completions", None).ask("", "").tokens is None
    assert door.asked[0].path == "/api/chat/completions"
    assert "authorization" not in door.asked[0].headers


@pytest.mark.parametrize("manner", sorted(HOSTILE))
def test_whatever_comes_is_no_opinion_and_nothing_of_it_is_quoted(outbound: Outbound, manner: str) -> None:
    with endpoint(HOSTILE[manner]) as door:
        asked = reviewer(outbound, door)
        with pytest.raises((NoAnswer, ValueError), match=rf"^({MODEL}|the answer) ") as nothing:
            read_opinion(asked.ask("system", "user").text)
    assert KEY not in str(nothing.value)
    if isinstance(nothing.value, NoAnswer):
        assert nothing.value.again == (manner not in {"lets nobody in", "leads elsewhere", "is huge"})


def test_an_endpoint_that_knows_the_limit_by_its_newer_name_is_asked_by_that(outbound: Outbound) -> None:
    with endpoint(Reply(400, b'{"error":{"param":"max_tokens"}}'), said(FINE)) as door:
        asked = reviewer(outbound, door)
        with pytest.raises(NoAnswer) as nothing:
            asked.ask("", "")
        assert nothing.value.again
        asked.ask("", "")
    assert b"max_completion_tokens" in door.asked[1].content


def test_how_long_a_throttling_endpoint_wants_to_rest_is_told(outbound: Outbound) -> None:
    with endpoint(HOSTILE["is throttled"]) as door, pytest.raises(NoAnswer) as nothing:
        reviewer(outbound, door).ask("", "")
    assert (nothing.value.again, nothing.value.wait_seconds) == (True, 3600)


def test_no_question_costs_more_than_it_was_said_to(outbound: Outbound) -> None:
    """A token is at least a byte of what is sent, and an answer has a limit."""
    with endpoint(said(FINE)) as door:
        asked = reviewer(outbound, door)
        most = asked.tokens_max("é" * 100, "x")
        asked.ask("é" * 100, "x")
    assert most == len(door.asked[0].content) + 4_000


def test_home_is_no_excuse_for_where_clouds_keep_their_secrets(outbound: Outbound) -> None:
    asked = ChatReviewer(outbound, "http://169.254.169.254/v1", MODEL, lambda: KEY, SCHEMA, seconds_max=0.5)
    with pytest.raises(NoAnswer, match="no public address"):
        asked.ask("", "")
