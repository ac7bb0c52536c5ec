"""What seals of every kind share: a seal opens as what it was made for, or the sentence says what to do."""

from collections.abc import Callable

from adapters.seals.sealing import VARIABLE, CannotOpen, Sealer
from application.ports.broker import KeysSealed


class Seals:
    """Seals and opens, and says KeysSealed with one sentence where that cannot be done."""

    def __init__(self, sealer: Callable[[], Sealer]) -> None:
        """``sealer`` is asked at every use, since its keys may come later or change; it may raise ValueError."""
        self._make_sealer = sealer

    def is_newest(self, sealed: bytes) -> bool:
        """Whether something was sealed with the newest key."""
        return self._sealer.is_newest(sealed)

    @property
    def _sealer(self) -> Sealer:
        try:
            return self._make_sealer()
        except ValueError as error:
            raise KeysSealed(f"{error}.") from None

    def _seal(self, secret: str, purpose: bytes) -> bytes:
        """``purpose`` says what the seal is bound to, spelled so that no two spell alike."""
        try:
            return self._sealer.seal(secret.encode(), purpose)
        except CannotOpen as error:
            raise KeysSealed(str(error)) from None

    def _open(self, sealed: bytes, purpose: bytes, *, what: str, otherwise: str) -> str:
        """``what`` is sealed, and what to do ``otherwise`` than putting the key back, for the sentence."""
        try:
            return self._sealer.open(sealed, purpose).decode()
        except CannotOpen as error:
            raise KeysSealed(
                f"{what} cannot be opened. {error} Put the key back into {VARIABLE}, or {otherwise}."
            ) from None
