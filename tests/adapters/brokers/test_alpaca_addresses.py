"""Where Alpaca is reached, and that nobody pays for libraries that are not needed."""

import subprocess
import sys

from alpaca.common.enums import BaseURL

from adapters.brokers.alpaca.addresses import DATA, Addresses


def test_the_addresses_are_the_sdks() -> None:
    addresses = Addresses()
    assert [DATA, addresses.rest("paper"), addresses.rest("live")] == [
        BaseURL.DATA.value,
        BaseURL.TRADING_PAPER.value,
        BaseURL.TRADING_LIVE.value,
    ]
    assert [addresses.stream("paper"), addresses.stream("live")] == [
        BaseURL.TRADING_STREAM_PAPER.value,
        BaseURL.TRADING_STREAM_LIVE.value,
    ]


def test_a_house_is_put_together_without_pandas() -> None:
    """It is half of what a program takes to start."""
    program = "import sys, api.worker, api.http.app, api.broker_streams; print('pandas' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ran.stdout == "False\n"


def test_who_serves_no_http_loads_nothing_that_does() -> None:
    """A worker, a line to a broker and the follower of the log."""
    program = (
        "import sys, api.worker, api.broker_streams, api.following;"
        "print({'fastapi', 'starlette', 'uvicorn'} & {*sys.modules})"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ran.stdout == "set()\n"
