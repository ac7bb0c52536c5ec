"""The ways in which a provider's answer goes wrong."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace

from provider_server.door import Reply

Spoil = Callable[[Reply], Reply]

HTML = b"<!doctype html><html><body><h1>Down for maintenance</h1></body></html>"
HUGE_BYTES = 9_000_000


def throttled(retry_after: str | None = "120") -> Spoil:
    """429, with the header that says for how long, if any."""
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return lambda _: Reply(429, b'{"message":"too many requests"}', headers)


def redirected(to: str) -> Spoil:
    """302 to somewhere else."""
    return lambda _: Reply(302, b"", {"location": to})


def answered(content: bytes, status: int = 200) -> Spoil:
    """Something else instead."""
    return lambda _: Reply(status, content)


def again_and_again(reply: Reply) -> Reply:
    """The answer twice in a row, which is no JSON."""
    return replace(reply, content=reply.content * 2)


SILENT: Mapping[str, Spoil] = {
    "hangs": lambda reply: replace(reply, manner="hang"),
    "trickles": lambda reply: replace(reply, content=b" " * 3_000 + reply.content, manner="trickle"),
    "trickles its headers": lambda reply: replace(
        reply, headers={"x-long": "y" * 3_000}, manner="trickle_headers"
    ),
    "is cut midway": lambda reply: replace(reply, manner="cut"),
    "answers 500": answered(b'{"message":"internal"}', 500),
    "answers 502 with a page": answered(HTML, 502),
}
"""No answer at all, in time."""

GARBLED: Mapping[str, Spoil] = {
    "answers a page with 200": answered(HTML),
    "answers half of it as if it were all": lambda reply: replace(
        reply, content=reply.content[: len(reply.content) // 2]
    ),
    "answers it twice": again_and_again,
    "answers nothing with 200": answered(b""),
    "answers null": answered(b"null"),
    "answers an empty list": answered(b"[]"),
    "answers an empty object": answered(b"{}"),
    "answers a number": answered(b"97.10"),
    "answers a text": answered(b'"97.10"'),
    "answers another object": answered(b'{"status":"ok","data":{}}'),
    "answers 404": answered(b'{"message":"not found"}', 404),
    "answers what is no text": answered(b"\xff\xfe{}\x00"),
    "answers too deeply": answered(b"[" * 100_000),
    "answers far too much": answered(b" " * HUGE_BYTES),
    "answers it packed": lambda reply: replace(
        reply, content=gzip.compress(reply.content), headers={"content-encoding": "gzip"}
    ),
}
"""An answer that is none."""
