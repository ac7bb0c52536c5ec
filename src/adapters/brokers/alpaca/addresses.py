"""Where Alpaca is reached."""

from dataclasses import dataclass

from alpaca.common.enums import BaseURL

from domain.portfolio.events import Environment

REST = {"paper": BaseURL.TRADING_PAPER.value, "live": BaseURL.TRADING_LIVE.value}
STREAM = {"paper": BaseURL.TRADING_STREAM_PAPER.value, "live": BaseURL.TRADING_STREAM_LIVE.value}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Alpaca's own addresses, or others that were set for a proxy or a test, for both environments."""

    rest_url: str | None = None
    stream_url: str | None = None

    def rest(self, environment: Environment) -> str:
        """The REST API, without its version."""
        return self.rest_url or REST[environment]

    def stream(self, environment: Environment) -> str:
        """The stream of trade updates."""
        return self.stream_url or STREAM[environment]
