"""The SDK's client, with its retries and redirects off, one deadline for a whole question, and every digit kept."""

import threading
import time
from concurrent.futures import Future
from contextvars import copy_context
from typing import Any

import requests
from alpaca.trading.client import TradingClient
from urllib3.exceptions import HTTPError

from adapters.brokers.alpaca.answer import Answer, Unanswered, read_json
from adapters.brokers.alpaca.lines import UNDER_WAY, Call, Lines
from application.ports.broker import BROKER_SECONDS_MAX, Credentials

RETRY_AFTER_MS = 1_000
RETRY_AFTER_MS_MAX = 60_000


class AlpacaRest(TradingClient):
    """Asks for one thing, in as many requests as that takes, until a moment of ``time.monotonic``.

    No single request takes longer than ``request_seconds_max``.
    """

    def __init__(
        self,
        credentials: Credentials,
        url: str,
        lines: Lines,
        until: float,
        request_seconds_max: float = BROKER_SECONDS_MAX,
    ) -> None:
        super().__init__(
            credentials.key_id.get_secret_value(),
            credentials.secret_key.get_secret_value(),
            raw_data=True,
            url_override=url,
        )
        self._retry = 0
        self._until = until
        self._request_seconds_max = request_seconds_max
        self._session.trust_env = False  # neither a proxy nor a .netrc that nobody spoke of here
        self._session.mount("https://", lines)
        self._session.mount("http://", lines)

    def ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> Answer:
        """Make one request. Raises Unanswered."""
        answer: Any = self._request(method, path, data)
        assert isinstance(answer, Answer)  # noqa: S101  # what _one_request below returns
        return answer

    def _one_request(self, method: str, url: str, opts: dict[str, Any], retry: int) -> Any:  # noqa: ANN401  # an Answer
        """Instead of the SDK's, which loses digits, waits for each byte anew, and trusts any body."""
        left_seconds = min(self._until - time.monotonic(), self._request_seconds_max)
        if left_seconds <= 0:
            raise Unanswered("there was no time left to ask", sent=False)
        call: Call = Call()
        outcome: Future[requests.Response] = Future()

        def run() -> None:
            UNDER_WAY.set(call)
            try:
                timeout = left_seconds + 1  # the deadline below decides; this only ends the thread
                outcome.set_result(self._session.request(method, url, timeout=timeout, **opts))
            except BaseException as error:  # noqa: BLE001  # the asking thread raises it
                outcome.set_exception(error)

        threading.Thread(target=copy_context().run, args=(run,), daemon=True, name="alpaca").start()
        try:
            return _read(outcome.result(left_seconds))
        except TimeoutError:
            raise Unanswered("Alpaca did not answer in time", sent=call.give_up()) from None
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            reason = f"the line to Alpaca failed ({type(error).__name__})"
            raise Unanswered(reason, sent=call.give_up()) from None


def _read(response: requests.Response) -> Answer:
    try:
        body, garbled = (read_json(response.content), False) if response.content else (None, False)
    except ValueError:
        body, garbled = None, True
    return Answer(response.status_code, body, garbled, _retry_after_ms(response.headers.get("Retry-After")))


def _retry_after_ms(header: str | None) -> int:
    """When to come back; a date is not believed."""
    if header is None or not header.isascii() or not header.isdigit() or len(header) > 6:
        return RETRY_AFTER_MS
    return min(int(header) * 1000, RETRY_AFTER_MS_MAX)
