"""The model that is asked for opinions, as it is configured."""

from dataclasses import dataclass

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Its endpoint, its name and its key; how long an answer may take, and what a day's answers may cost."""

    url: str
    model: str
    key: SecretStr | None = None
    seconds_max: float = 60.0
    tokens_a_day: int = 200_000
