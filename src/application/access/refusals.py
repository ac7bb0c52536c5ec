"""Why somebody is not let in."""

from domain.refusals import Refusal


class NotSignedIn(Refusal):
    """Nobody that is known here. The same words for a name that is not there and a password that is wrong."""

    kind = "not-signed-in"

    def __init__(self) -> None:
        super().__init__("No account has this name and this password.")


class TooManyTries(Refusal):
    """Tried too often; ``seconds`` is when to try again."""

    kind = "too-many-requests"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"There were too many tries; wait {seconds} seconds, then try again.")
        self.seconds = seconds
