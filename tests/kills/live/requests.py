"""Requests as they are made by those who must not lose any: again and again until they are acknowledged."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from kills.programs import PATIENCE_SECONDS, Broken

TRY_AGAIN_SECONDS = 0.1
ANSWER_SECONDS_MAX = 8.0
RETRIED = frozenset({409, 503})
"""Too much at once, and not just now; anything else is wrong."""


class Requests:
    """A connection to ``ballast up`` that outlives it; for one thread."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(
            base_url=url, timeout=ANSWER_SECONDS_MAX, headers={"content-type": "application/json"}
        )
        self._pause = threading.Event()
        self.statuses: Counter[int] = Counter()
        """How often each status was answered."""

    def __enter__(self) -> "Requests":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def acknowledged(
        self,
        method: str,
        path: str,
        content: bytes,
        headers: Callable[[], Mapping[str, str]] = dict,
        settled_by: int | None = None,
    ) -> Any:
        """The answer, once it is a good one, or the refusal that settles it as well. Raises Broken.

        ``headers`` are made anew for every try.
        """
        began, said = time.monotonic(), "nothing"
        while time.monotonic() - began < PATIENCE_SECONDS:
            response = self._try(method, path, content, headers())
            if response is not None:
                said = f"{response.status_code} {response.text[:300]}"
                if response.is_success or response.status_code == settled_by:
                    return response.json()
                if response.status_code not in RETRIED:
                    raise Broken(f"{method} {path} was answered {said}")
            self._pause.wait(TRY_AGAIN_SECONDS)
        raise Broken(f"{method} {path} was not acknowledged in {PATIENCE_SECONDS:g} s, but {said}")

    def get(self, path: str, **parameters: str) -> Any:
        """What is answered; None when it is nothing good just now."""
        response = self._try("GET", path, None, {}, parameters)
        return response.json() if response is not None and response.is_success else None

    def _try(
        self,
        method: str,
        path: str,
        content: bytes | None,
        headers: Mapping[str, str],
        parameters: Mapping[str, str] | None = None,
    ) -> httpx.Response | None:
        try:
            response = self._client.request(
                method, path, content=content, headers=dict(headers), params=parameters
            )
        except httpx.TransportError:
            return None
        self.statuses[response.status_code] += 1
        return response
