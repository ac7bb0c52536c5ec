"""What the screens Watch, Proof and System ask: freshness, what to do, how far the chain goes, how the machine is."""

import re
from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from api.http.schemas.audit import ChainStanding
from api.http.schemas.freshness import Freshnesses
from api.http.schemas.system import System
from api.wiring import House
from domain.remedies import REMEDIES
from examples import IN_SESSION, eventually
from over_http import Example, answered, open_example

RUNBOOK = Path(__file__).parents[3] / "docs/runbook.md"
SECOND = timedelta(seconds=1)


def freshness(client: TestClient) -> Freshnesses:
    """The answer, which must be of its documented shape."""
    return Freshnesses.model_validate(answered(client.get("/freshness")))


def system(client: TestClient) -> System:
    """The answer, which must be of its documented shape."""
    return System.model_validate(answered(client.get("/system")))


def priced(client: TestClient, *prices: str) -> Example:
    """The example with prices a second apart, in session."""
    example = open_example(client)
    for number, price in enumerate(prices):
        example.tick(price, IN_SESSION + (number - len(prices)) * SECOND)
    return example


def test_a_listing_without_a_price_is_named_as_such(client: TestClient) -> None:
    open_example(client)

    seen = freshness(client)

    assert (seen.state, seen.sentence) == ("look", "1 of 1 listing without a fresh price.")
    assert (seen.items[0].symbol, seen.items[0].standing, seen.items[0].price) == ("KO", "missing", None)


def test_a_price_grows_old_in_session_after_half_an_hour(client: TestClient, house: House) -> None:
    example = priced(client, "100")

    fresh = freshness(client)
    house.ledger.clock = lambda: IN_SESSION + timedelta(minutes=31)
    old = freshness(client)

    (item,) = fresh.items
    assert (fresh.state, item.standing, item.price, item.source) == ("quiet", "fresh", "100", "api")
    assert (item.session, item.sentence) == ("open", "Its exchange trades; a price is good for 30 minutes.")
    assert (old.state, old.items[0].standing) == ("look", "stale")
    assert (
        old.items[0].sentence == "No price for 30 minutes of its session; nothing is decided on the old one."
    )
    assert example.card()["price"]["stale"] is True


def test_a_stopped_price_says_what_its_rule_means_and_what_to_do(client: TestClient) -> None:
    priced(client, "100", "1")

    (waiting,) = answered(client.get("/quarantine"))["items"]
    (alert,) = answered(client.get("/alerts", params={"open": True}))["items"]

    assert waiting["meaning"].startswith("About a hundred times more or less")
    assert (waiting["quote_unit"], waiting["released_by_name"]) == ("USD", True)
    assert alert["remedy"].startswith("Look at the stopped price")
    seen = freshness(client)
    assert (seen.state, seen.sentence) == (
        "stopped",
        "1 price was stopped and waits for you. The price is fresh.",
    )


def test_every_alert_of_the_runbook_has_a_first_step() -> None:
    rows = [
        line
        for line in RUNBOOK.read_text().partition("\n## Alerts\n")[2].partition("\n## ")[0].splitlines()
        if line.startswith("| `")
    ]
    named = {rule for row in rows for rule in re.findall(r"`([a-z_]+)[/`]", row.split(" | ")[0])}

    assert {"order_lost", "scale", "cash_differs"} <= named & REMEDIES.keys()
    assert named - REMEDIES.keys() == set()


def test_a_schedule_is_told_in_words(client: TestClient) -> None:
    example = open_example(client)
    wanted = [{"kind": "weekly_review", "cron": "30 17 * * 5", "time_zone": "Europe/London"}]

    address = f"/portfolios/{example.portfolio_id}/schedules"
    (kept,) = answered(client.put(address, json={"schedules": wanted}))["items"]

    assert kept["in_words"] == "At 17:30 on Friday"


def test_notifications_can_come_newest_first(live: TestClient) -> None:
    example = open_example(live)
    for word in ("freeze", "unfreeze"):
        answered(live.post(f"/portfolios/{example.portfolio_id}/{word}", json={"reason": "a look"}))

    oldest = answered(live.get("/notifications"))["items"]
    newest = answered(live.get("/notifications", params={"order": "newest", "limit": 1}))

    assert [each["kind"] for each in oldest] == ["frozen", "unfrozen"]
    assert newest["items"] == oldest[-1:]
    rest = live.get("/notifications", params={"order": "newest", "after": newest["next"]})
    assert answered(rest)["items"] == oldest[:1]


def test_the_chain_says_how_far_it_goes_and_when_it_was_last_verified(live: TestClient) -> None:
    open_example(live)

    def standing() -> ChainStanding:
        return ChainStanding.model_validate(answered(live.get("/audit/chain")))

    before = eventually(lambda: found if (found := standing()).chained == found.events else None)
    verified = answered(live.get("/audit/verify"))
    after = standing()

    assert before.verified is None
    assert (
        before.sentence == f"Every event up to {before.events} is in the chain. Nobody has verified it yet."
    )
    assert (verified["ok"], verified["chain_head"]) == (True, before.head)
    assert after.verified is not None
    assert (after.verified.events, after.verified.differences) == (verified["events"], 0)
    assert after.sentence.endswith("When it was last verified, it was unbroken.")


def test_the_machine_tells_each_step_from_a_price_to_a_trade(live: TestClient) -> None:
    example = open_example(live)
    begun = system(live)
    assert example.evaluate(price="97.00")["outcome"] == "trade"

    def booked() -> System | None:
        found = system(live)
        return found if found.pipeline[-1].state == "ok" else None

    done = eventually(booked)

    names = ["feed", "gate", "decision", "order", "booking"]
    assert [each.name for each in begun.pipeline] == names
    assert [each.state for each in begun.pipeline] == ["look", "ok", "waiting", "waiting", "waiting"]
    assert str(done.pipeline[2].position_id) == example.position_id
    assert done.pipeline[-1].sentence is not None
    assert done.pipeline[-1].sentence.startswith("Bought 52 KO")
    assert done.version == "0.1.0"
    assert {"timeline", "audit_chain"} <= {each.name for each in done.followers}
    assert done.backup.ended_at is None


def test_a_freeze_stops_the_way_and_is_said_first(client: TestClient) -> None:
    priced(client, "100", "1")

    seen = system(client)

    assert seen.sentence == "The way from a price to a trade stands still: gate 1 stopped."
    assert [each.state for each in seen.pipeline[:3]] == ["ok", "stopped", "stopped"]


def test_runs_that_were_asked_for_are_listed_without_those_of_events(live: TestClient) -> None:
    example = open_example(live)
    example.tick("97.00")
    address = f"/portfolios/{example.portfolio_id}/runs"
    answered(live.post(address, json={"kind": "price_refresh"}), 202)

    def triggers() -> set[str] | None:
        found = {each["trigger"] for each in answered(live.get(address))["items"]}
        return found if found == {"event", "person"} else None

    assert eventually(triggers)
    asked = answered(live.get(address, params={"asked": True}))["items"]

    assert [each["kind"] for each in asked] == ["price_refresh"]


def test_nobody_sees_what_is_another_persons(client: TestClient) -> None:
    """Of a portfolio that is not one's own there is no freshness."""
    priced(client, "100")

    answer = client.get("/freshness", params={"portfolio_id": "019aa000-0000-7000-8000-000000000000"})

    assert answer.status_code == 404
