"""Where Alpaca is reached."""

from dataclasses import dataclass

from domain.portfolio.events import Environment

# As the SDK has them (alpaca.common.enums.BaseURL), which takes a second to import.
REST = {"paper": "https://paper-api.alpaca.markets", "live": "https://api.alpaca.markets"}
STREAM = {"paper": "wss://paper-api.alpaca.markets/stream", "live": "wss://api.alpaca.markets/stream"}
DATA = "https://data.alpaca.markets"


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
