"""What it costs to know who asks: the same route with sign-in and without, one request at a time."""

import os
import statistics
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

from pydantic import SecretStr

from api.collector import calm_the_collector
from api.configuration import Configuration
from api.http.app import create_app
from api.logs import configure
from application.ledger import Cause
from benchmarks.ground import fresh_house
from benchmarks.keep_alive import ask_all
from benchmarks.measurement import Measurement, seconds
from benchmarks.serving import served

PASSWORD = "a boat on an even keel"
REQUESTS = 1_000
ROUNDS = 5
MILLISECONDS_MAX = 0.3


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Turn by turn: nobody asked who they are, a token, and a cookie; the difference is the check."""
    with fresh_house(addresses) as house, Path(os.devnull).open("w") as nowhere:
        with redirect_stderr(nowhere):
            configure("INFO")  # requests are logged as they are in service, but to nowhere
        account = house.keep_accounts.add("Anna", SecretStr(PASSWORD))
        cause = Cause(actor=account.user_id, correlation_id=house.ledger.new_id())
        token = house.keep_tokens.make(cause, account.user_id, "A program", "read", 1).answer.secret
        cookie = house.sign_in_by_password.begin(account).secret
        calm_the_collector()
        unlimited = Configuration.model_validate({"auth": "password", "requests_per_minute": 10**9})
        with (
            served(create_app(house, Configuration())) as bare,
            served(create_app(house, unlimited)) as ours,
        ):
            asked = {
                "nobody": (bare, ""),
                "token": (ours, f"Authorization: Bearer {token.get_secret_value()}\r\n"),
                "cookie": (ours, f"Cookie: ballast={cookie.get_secret_value()}\r\n"),
            }
            rounds = [{who: _milliseconds(*how) for who, how in asked.items()} for _ in range(ROUNDS)]
        median = {who: statistics.median(each[who] for each in rounds) for who in asked}
        yield Measurement("GET /portfolios without sign-in", median["nobody"], "ms")
        for who in ("token", "cookie"):
            extra = statistics.median(each[who] - each["nobody"] for each in rounds)
            yield Measurement(f"more with a {who}", extra, "ms", MILLISECONDS_MAX, "less")
        password = seconds(lambda: house.passwords.fits("a wrong guess", account.password_hash))
        yield Measurement("a password, slow on purpose", password * 1000, "ms")


def _milliseconds(port: int, headers: str) -> float:
    """The median time of an answer over one kept connection."""
    request = f"GET /portfolios HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode()
    answered = ask_all(port, [request] * REQUESTS, connections=1)
    if set(answered.statuses) != {200}:
        raise AssertionError(answered.statuses)
    return statistics.median(answered.latencies) * 1000
