"""A house that asks nothing of the world outside, whatever it is told to connect to."""

from pydantic import SecretStr

from adapters.brokers.alpaca.addresses import Addresses
from adapters.seals.sealing import new_sealing_key
from api.wiring import House
from examples import IN_SESSION

NOBODY = "http://127.0.0.1:9"
"""An address of this machine where nobody listens."""


def harmless(house: House) -> House:
    """The house, in session, with a key to seal secrets with, and brokers that are never there."""
    key = new_sealing_key()
    house.sealing_key = lambda: SecretStr(key)
    house.alpaca_addresses = Addresses(NOBODY, NOBODY)
    house.alpaca_data_url = NOBODY
    house.ledger.clock = lambda: IN_SESSION
    return house
