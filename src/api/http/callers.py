"""Who asks, found out once a second at most for each secret: asking the database costs more than most answers."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from fastapi.concurrency import run_in_threadpool

from application.access.recognise import Caller, Recognise
from application.access.sign_in import hash_of

BELIEVED_SECONDS = 1.0
"""So long what was revoked by another process may go on; what this one revokes ends at once."""

KEPT_MAX = 10_000

Key = tuple[str, bytes]


class Callers:
    """Recognises people and their programs, and remembers them for a moment. Strangers are not remembered."""

    def __init__(self, recognise: Recognise, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._recognise = recognise
        self._monotonic = monotonic
        self._known: OrderedDict[Key, tuple[float, Caller]] = OrderedDict()
        self._lock = Lock()

    async def by_cookie(self, secret: str) -> Caller | None:
        """The person whose sign-in it is."""
        return await self._found("cookie", secret, self._recognise.by_cookie)

    async def by_token(self, secret: str) -> Caller | None:
        """The person whose token it is."""
        return await self._found("token", secret, self._recognise.by_token)

    def forget(self) -> None:
        """Ask anew for everybody: somebody was revoked."""
        with self._lock:
            self._known.clear()

    async def _found(self, kind: str, secret: str, find: Callable[[str], Caller | None]) -> Caller | None:
        key = kind, hash_of(secret)
        known = self._known.get(key)
        if known is not None and self._monotonic() < known[0]:
            return known[1]
        caller = await run_in_threadpool(find, secret)
        if caller is not None:
            self._keep(key, caller)
        return caller

    def _keep(self, key: Key, caller: Caller) -> None:
        with self._lock:
            self._known[key] = self._monotonic() + BELIEVED_SECONDS, caller
            self._known.move_to_end(key)
            if len(self._known) > KEPT_MAX:
                self._known.popitem(last=False)
