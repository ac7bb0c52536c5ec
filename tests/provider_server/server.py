"""A local provider over a real socket: a generic one, and Alpaca's market data, from one board."""

from collections.abc import Callable
from typing import Self
from uuid import uuid4

from provider_server import alpaca_data, generic
from provider_server.board import Board
from provider_server.door import Asked, Door, Reply
from provider_server.spoiling import Spoil


class ProviderServer(Door):
    """``with ProviderServer(board) as server:``; while ``spoil`` is set, every answer goes wrong that way."""

    def __init__(self, board: Board | None = None) -> None:
        self.board = board or Board()
        self.spoil: Spoil | None = None
        self.key = uuid4().hex
        """Whoever asks the generic provider shows it as ``x-key``."""
        self.key_id, self.secret_key = f"PK{uuid4().hex[:18].upper()}", uuid4().hex
        super().__init__(self._told)

    def asked_for(self, path: str) -> list[Asked]:
        """The requests whose path begins so."""
        return [each for each in self.asked if each.path.startswith(path)]

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def _told(self, asked: Asked) -> Reply:
        true = self._true(asked)
        return true if self.spoil is None else self.spoil(true)

    def _true(self, asked: Asked) -> Reply:
        answer: Callable[[Asked, Board], Reply]
        if asked.path.startswith("/v2/"):
            given = asked.headers.get("apca-api-key-id"), asked.headers.get("apca-api-secret-key")
            right, answer = given == (self.key_id, self.secret_key), alpaca_data.answer
        else:
            right, answer = asked.headers.get("x-key") == self.key, generic.answer
        return answer(asked, self.board) if right else Reply(403, b'{"message":"forbidden."}')
