"""Asks Alpaca whether keys are good."""

import time

from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.answer import Unanswered
from adapters.brokers.alpaca.lines import Lines
from adapters.brokers.alpaca.values import Garbled, text
from application.ports.broker import BROKER_SECONDS_MAX, BrokerSilent, Credentials, WrongKeys
from domain.portfolio.events import Environment


class AlpacaKeys:
    """Alpaca's part of application.ports.broker.Keys."""

    def __init__(self, addresses: Addresses, lines: Lines, seconds_max: float = BROKER_SECONDS_MAX) -> None:
        self._addresses = addresses
        self._lines = lines
        self._seconds_max = seconds_max

    def verify(self, environment: Environment, credentials: Credentials) -> str:
        """The number of the account that the keys open. Raises WrongKeys and BrokerSilent."""
        # Here and not above: the SDK imports pandas, a second which a house without an account shall not pay.
        from adapters.brokers.alpaca.rest import AlpacaRest  # noqa: PLC0415

        if not _can_be_sent(credentials):
            raise WrongKeys("Keys are letters and digits.")
        until = time.monotonic() + self._seconds_max
        rest = AlpacaRest(credentials, self._addresses.rest(environment), self._lines, until)
        try:
            answer = rest.ask("GET", "/account")
        except Unanswered as nothing:
            raise BrokerSilent(str(nothing)) from None
        if answer.status in {401, 403} and answer.message is not None:
            raise WrongKeys(f"Alpaca does not let these keys into its {environment} environment.")
        if answer.status != 200 or not isinstance(answer.body, dict):
            raise BrokerSilent(str(answer))
        try:
            return text(answer.body, "account_number")
        except Garbled as error:
            raise BrokerSilent(str(error)) from None


def _can_be_sent(credentials: Credentials) -> bool:
    """Whether both halves can stand in a header."""
    both = credentials.key_id.get_secret_value(), credentials.secret_key.get_secret_value()
    return all(half.isascii() and half.isprintable() and half.strip() == half != "" for half in both)
