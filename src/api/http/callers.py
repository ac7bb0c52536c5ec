"""Who asks, found out once a second at most for each secret: asking the database costs more than most answers.

What has let somebody in stays *familiar* after that second: it is asked about again without counting as a stranger's.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Literal

from fastapi.concurrency import run_in_threadpool

from application.access.recognise import Caller, Recognise
from domain.access.secret import hash_of

BELIEVED_SECONDS = 1.0
"""So long what was revoked by another process may go on; what this one revokes ends at once."""

KEPT_MAX = 10_000
NEVER = float("-inf")

Kind = Literal["cookie", "token"]
Key = tuple[Kind, bytes]


class Callers:
    """Recognises people and their programs, and remembers them for a moment. Strangers are not remembered."""

    def __init__(self, recognise: Recognise, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._recognise = recognise
        self._monotonic = monotonic
        self._known: OrderedDict[Key, tuple[float, Caller | None]] = OrderedDict()
        self._lock = Lock()

    async def of(self, kind: Kind, secret: str) -> Caller | None:
        """The person whose sign-in or token it is. Raises IssuerSilent."""
        key = kind, hash_of(secret)
        known = self._known.get(key)
        if known is not None and self._monotonic() < known[0]:
            return known[1]
        find = self._recognise.by_cookie if kind == "cookie" else self._recognise.by_token
        caller = await run_in_threadpool(find, secret)
        if caller is None:
            self._drop(key)
        else:
            self._keep(key, caller, self._monotonic() + BELIEVED_SECONDS)
        return caller

    def is_familiar(self, kind: Kind, secret: str) -> bool:
        """Whether it has let somebody in when it was asked about last."""
        return (kind, hash_of(secret)) in self._known

    def expect(self, secret: str) -> None:
        """A sign-in has begun, and its browser will come with this secret."""
        self._keep(("cookie", hash_of(secret)), None, NEVER)

    def forget(self) -> None:
        """Ask anew for everybody: somebody was revoked."""
        with self._lock:
            for key in list(self._known):
                self._known[key] = NEVER, None

    def _drop(self, key: Key) -> None:
        with self._lock, suppress(KeyError):
            del self._known[key]

    def _keep(self, key: Key, caller: Caller | None, until: float) -> None:
        with self._lock:
            self._known[key] = until, caller
            self._known.move_to_end(key)
            if len(self._known) > KEPT_MAX:
                self._known.popitem(last=False)
