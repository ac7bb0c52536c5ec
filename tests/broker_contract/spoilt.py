"""What spoils answers of the local Alpaca, and what there is to ask after."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from adapters.brokers.alpaca.account import AlpacaAccount
from alpaca_server.faults import Faults
from alpaca_server.server import AlpacaServer
from application.ports.broker import Ticket
from broker_contract.bench import a_ticket

BY_CLIENT_ID = "/v2/orders:by_client_order_id"
FILLS = "/v2/account/activities/FILL"

SPOILT: dict[str, Callable[[Faults, str], None]] = {
    "429": lambda faults, path: faults.status("GET", path, 429, times=9),
    "500": lambda faults, path: faults.status("GET", path, 500, times=9),
    "503": lambda faults, path: faults.status("GET", path, 503, times=9),
    "504": lambda faults, path: faults.status("GET", path, 504, times=9),
    "hang": lambda faults, path: faults.hang("GET", path, 30, times=9),
    "cut": lambda faults, path: faults.cut("GET", path, times=9),
    "cut midway": lambda faults, path: faults.cut("GET", path, times=9, midway=True),
    "HTML": lambda faults, path: faults.html("GET", path, 200, times=9),
    "HTML 404": lambda faults, path: faults.html("GET", path, 404, times=9),
    "half": lambda faults, path: faults.truncated("GET", path, times=9),
    "null": lambda faults, path: faults.json("GET", path, None, times=9),
    "number": lambda faults, path: faults.json("GET", path, 5, times=9),
    "list of numbers": lambda faults, path: faults.json("GET", path, [1], times=9),
    "another shape": lambda faults, path: faults.json("GET", path, {"orders": []}, times=9),
    "unknown path": lambda faults, path: faults.json(
        "GET", path, {"code": 40410000, "message": "endpoint not found"}, 404, times=9
    ),
    "no keys": lambda faults, path: faults.json("GET", path, {"message": "unauthorized."}, 401, times=9),
}
EACH_FAULT = pytest.mark.parametrize("fault", SPOILT)


def filled_in_parts(server: AlpacaServer, account: AlpacaAccount, parts: int = 2) -> Ticket:
    """An order of ten that was filled in so many parts."""
    ticket = a_ticket()
    account.submit(ticket)
    for _ in range(parts - 1):
        server.fill(ticket.client_order_id, Decimal(10) / parts, "97")
    server.fill(ticket.client_order_id, None, "97")
    return ticket
