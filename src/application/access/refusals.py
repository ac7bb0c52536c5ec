"""Why somebody is not let in."""

import shlex

from domain.refusals import Refusal


class NotSignedIn(Refusal):
    """Nobody that is known here. The same words for a name that is not there and a password that is wrong."""

    kind = "not-signed-in"

    def __init__(self) -> None:
        super().__init__("No account has this name and this password.")


class CodeMissing(Refusal):
    """The password is right, and a one-time code is asked for besides."""

    kind = "code-missing"

    def __init__(self) -> None:
        super().__init__("Give a one-time code of your device as well, or a recovery code.")


class WrongCode(Refusal):
    """A code that is wrong, too old, or was used."""

    kind = "wrong-code"

    def __init__(self) -> None:
        super().__init__("This code is wrong, or was used before; wait for the next one.")


class NotKnownHere(Refusal):
    """The issuer knows this person, and nobody here does."""

    kind = "not-known-here"

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"The issuer has let you in as {subject}, but there is no account of it here. "
            f"Whoever keeps the machine makes one: ballast user add NAME --subject {shlex.quote(subject)}."
        )


class TooManyTries(Refusal):
    """Tried too often; ``seconds`` is when to try again."""

    kind = "too-many-requests"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"There were too many tries; wait {seconds} seconds, then try again.")
        self.seconds = seconds
