"""A model behind an OpenAI-compatible endpoint, hosted or at home: ``POST …/chat/completions``, one answer, no tools.

Whatever comes back is an answer's text or one of our own sentences; nothing of it is followed, run or looked up.
"""

import json
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import msgspec

from adapters.outbound.addresses import AddressPolicy
from adapters.outbound.client import Answer, NotAllowed, Outbound, TooMuch, Unanswered
from application.ports.reviewer import Answered, NoAnswer

PATH = "/chat/completions"
ANSWER_TOKENS_MAX = 4_000  # some models think before they answer, and this counts
ANSWER_BYTES_MAX = 200_000
AT_HOME = ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
LIMITS = ("max_tokens", "max_completion_tokens")
"""What the limit of an answer is called: by most endpoints, and by those that refuse the former name."""


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    total_tokens: int | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class ChatReviewer:
    """The application's Reviewer. Threads share it. ``key`` tells the key, None where the endpoint needs none."""

    def __init__(
        self,
        outbound: Outbound,
        url: str,
        model: str,
        key: Callable[[], str | None],
        schema: dict[str, Any],
        seconds_max: float,
    ) -> None:
        self._outbound = outbound
        self._url = url.rstrip("/").removesuffix(PATH) + PATH
        self._model = model
        self._key = key
        self._schema = schema
        self._seconds_max = seconds_max
        self._limit = LIMITS[0]

    @property
    def model(self) -> str:
        """See application.ports.reviewer.Reviewer."""
        return self._model

    def tokens_max(self, system: str, user: str) -> int:
        """See application.ports.reviewer.Reviewer. No token is less than a byte of what is sent."""
        return len(self._body(system, user)) + ANSWER_TOKENS_MAX

    def ask(self, system: str, user: str) -> Answered:
        """See application.ports.reviewer.Reviewer."""
        key = self._key()
        headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {})
        try:
            answer = self._outbound.ask(
                "POST", self._url, headers, self._body(system, user), self._seconds_max
            )
        except Unanswered as nothing:
            raise NoAnswer(f"{self._model} did not answer: {nothing}.", again=True) from None
        except TooMuch as flood:
            raise NoAnswer(f"{self._model} answered too much: {flood}.", again=False) from None
        except (NotAllowed, ValueError) as refusal:
            raise NoAnswer(f"{self._model} may not be asked: {refusal}.", again=False) from None
        self._require_an_answer(answer)
        return self._read(answer.body)

    def _body(self, system: str, user: str) -> bytes:
        asked = {
            "model": self._model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            self._limit: ANSWER_TOKENS_MAX,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "review", "strict": True, "schema": self._schema},
            },
        }
        return json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode()

    def _require_an_answer(self, answer: Answer) -> None:
        status = answer.status
        if status == 200:
            return
        if status == 400:
            self._limit = next(each for each in LIMITS if each != self._limit)
        again = status in {400, 408, 429} or status >= 500
        wait = answer.headers.get("retry-after", "")
        seconds = float(wait[:6]) if wait.isascii() and wait.isdigit() else None
        raise NoAnswer(f"{self._model} answered with status {status}.", again=again, wait_seconds=seconds)

    def _read(self, body: bytes) -> Answered:
        try:
            completion = msgspec.json.decode(body, type=_Completion)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise NoAnswer(f"{self._model} answered what is no chat completion.", again=True) from None
        choice = completion.choices[0] if completion.choices else None
        if choice is None or choice.message.content is None or choice.finish_reason == "length":
            raise NoAnswer(f"{self._model} came to no end with its answer.", again=True)
        return Answered(choice.message.content, completion.usage.total_tokens if completion.usage else None)


def with_home(policy: AddressPolicy) -> AddressPolicy:
    """A policy that lets a model at home be asked too, without TLS: who configures its address allows it by that.

    Link-local addresses, where clouds keep their secrets, and plain HTTP to public ones stay refused.
    """
    return AddressPolicy((*policy.networks, *(ip_network(each) for each in AT_HOME)), policy.places)
