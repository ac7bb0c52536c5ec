"""The projections role: every follower of the log, each in its own thread."""

import threading
from types import TracebackType
from typing import Self

from api.collector import calm_the_collector
from api.wiring import House


class Followers:
    """The house's followers, running for as long as the ``with`` block lasts."""

    def __init__(self, house: House) -> None:
        self._followers = house.followers()
        self._threads = [
            threading.Thread(target=follower.run, name=f"follow-{number}", daemon=True)
            for number, follower in enumerate(self._followers)
        ]

    def __enter__(self) -> Self:
        calm_the_collector()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for follower in self._followers:
            follower.stop()
        for thread in self._threads:
            thread.join()
