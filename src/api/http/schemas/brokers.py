"""What the answers about a portfolio's broker look like."""

from typing import Literal

from api.http.schemas.answer import Answer


class BrokerConnection(Answer):
    """``callback_secret`` is told once, when it is made; null ever after, and on paper, whose secret is a setting."""

    kind: Literal["paper", "alpaca"]
    environment: Literal["paper", "live"]
    account: str
    callback_url: str
    callback_secret: str | None
