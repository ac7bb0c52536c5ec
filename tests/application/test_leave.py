"""Letting a person go whose order is open at a broker."""

import pytest

from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.ledger import Cause
from compared_desk import open_desk
from domain.refusals import Conflict
from examples import IN_SESSION
from people import account


def test_who_is_let_go_is_out_and_frozen_though_an_order_is_open_still(house: House) -> None:
    """The account goes when it has ended; what lets its person in does not wait for that."""
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as server:
        desk = open_desk(house, server)
        assert desk.reconcile().clean
        desk.order()
        person = account(house, is_local=True)
        secret = house.sign_in_by_password.begin(person).secret.get_secret_value()
        assert house.recognise.by_cookie(secret) is not None

        with pytest.raises(Conflict, match="is open"):
            house.leave(Cause(actor="local", correlation_id=house.ledger.new_id()), person)

        assert house.recognise.by_cookie(secret) is None
        assert desk.portfolio.frozen
        assert desk.portfolio.recalls_orders
        assert house.accounts.by_id(person.user_id) is not None
