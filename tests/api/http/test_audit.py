"""Whatever is changed in the log, in what it decided or in what it shows: the verification names where."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from typer.testing import CliRunner

from advised import Adviser
from api.cli.main import app
from api.wiring import House
from domain.allocation import ENGINE, Advice, Snapshot, plan
from domain.audit.again import Rules
from domain.audit.verification import STEPS, Verification
from domain.balancing import Decision, DecisionInputs, version_1
from domain.events import rfc3339
from domain.listing import ListingRegistered
from domain.policy import Policy, hash_of
from domain.streams import PORTFOLIO, POSITION
from examples import IN_SESSION, by_hand, eventually
from over_http import AT, KO, answered, open_example
from policy_examples import HOLDINGS, PRICES
from projections.audit.read_models import compare
from projections.catalogue import FOLLOWING, READ_MODELS
from projections.follower import Follower
from projections.following import WriteReadModel


@pytest.fixture
def told(client: TestClient, house: House) -> House:
    """A house that has decided: a trade, a skip, a month's advice, and a week in which there was none."""
    example = open_example(client, broker={"auto_fill": False})
    assert example.evaluate(price="97.00")["outcome"] == "trade"
    answered(client.post(f"/portfolios/{example.portfolio_id}/freeze", json={"reason": "enough"}))
    assert (
        example.evaluate(price="96.00", as_of=rfc3339(IN_SESSION + timedelta(seconds=1)))["outcome"] == "skip"
    )
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    assert adviser.run("monthly")["status"] == "success"
    assert adviser.run("weekly_review")["status"] == "no_action"
    follow(house)
    return house


def follow(house: House) -> None:
    """Let the read models that follow come to the log's end."""
    with house.pool.connection() as connection:
        for model in FOLLOWING:
            Follower(house.database_url, house.log, WriteReadModel(model)).catch_up(connection)


def verified(house: House, rules: Rules | None = None) -> Verification:
    """What a verification comes to, by these rules."""
    with house.pool.connection() as connection:
        verify = house.verify if rules is None else replace(house.verify, rules=rules)
        return verify(connection, lambda step, done, total: None)


def execute(house: House, statement: str, *values: Any) -> int:
    """Write into the tables, as nobody should."""
    with house.pool.connection() as connection:
        return connection.execute(statement, values).rowcount


def test_every_event_says_who_and_from_which_request_or_run(live: TestClient, running: House) -> None:
    """A person's command names its request, and so does all that follows from it; what acts by itself names its run."""
    example = open_example(live)
    request = str(uuid4())
    asked = {"price": "97.00", "as_of": AT}
    answered(live.post(f"{example.address}/evaluate", json=asked, headers={"X-Request-Id": request}))
    eventually(lambda: Decimal(example.card()["anchor"]) == 97)
    example.tick("101")
    eventually(lambda: Decimal(example.card()["anchor"]) == 101)
    with running.pool.connection() as connection:
        events = [*running.log.read_all(connection, 0, running.log.last_number(connection))]
    metadata = {each.metadata.id: each.metadata for each in events}
    for each in metadata.values():
        assert each.actor == "local" or each.actor.startswith("ballast:")
        assert (each.run_id is None) is (each.actor == "local")
        if each.causation_id is not None:
            assert metadata[each.causation_id].correlation_id == each.correlation_id
    told = [each.event.name for each in events if each.metadata.correlation_id == UUID(request)]
    assert told[0] == "position.order_intended.1"
    assert {"position.order_submitted.1", "position.execution_booked.1", "position.anchor_moved.1"} <= {*told}
    assert {each.metadata.actor for each in events} >= {"local", "ballast:ticks", "ballast:orders"}


def number_of(house: House, name: str) -> int:
    """Where the first event of a name stands."""
    with house.pool.connection() as connection:
        row = connection.execute(
            "select min(notification_id) as number from stored_events where topic = %s", (name,)
        ).fetchone()
    assert row is not None
    return int(row["number"])


def terminal(house: House, *arguments: str) -> tuple[int, str]:
    """The exit code of a command, and what it said or refused with."""
    code, said, _ = at_terminal(house, *arguments)
    return code, said


def at_terminal(house: House, *arguments: str) -> tuple[int, str, str]:
    """The same, and what it said besides."""
    addresses = {"DATABASE_URL": house.database_url, "REDIS_URL": house.redis_url}
    done = CliRunner().invoke(app, arguments, env=addresses)
    said = str(done.exception) if done.exception and not done.stdout else done.stdout
    return done.exit_code, said, done.stderr


def test_what_nobody_touched_is_proven(told: House, client: TestClient) -> None:
    """Over HTTP, at the terminal and here; asking changes nothing. Rules that decide otherwise are told from it."""
    answer = answered(client.get("/audit/verify"))
    with told.pool.connection() as connection:
        last = told.log.last_number(connection)
    assert answer.keys() == {
        "ok",
        "events",
        "chain_head",
        "decisions",
        "differences",
        "inputs_retired",
        "not_verified",
    }
    assert (answer["ok"], answer["events"], answer["differences"]) == (True, last, [])
    assert answer["not_verified"] == []
    assert (answer["decisions"], answer["inputs_retired"], len(answer["chain_head"])) == (4, 0, 64)
    assert verified(told).chain_head == answer["chain_head"]
    code, said = terminal(told, "verify", "--json")
    assert (code, json.loads(said)) == (0, answer)
    assert "Nothing differs." in terminal(told, "verify")[1]
    assert "never rebuilt" in terminal(told, "rebuild", "audit_chain")[1]
    rules_that_decide_otherwise_are_named_by_what_they_decided(told)


def rules_that_decide_otherwise_are_named_by_what_they_decided(told: House) -> None:
    """Whichever engine it is; and a rule that nobody knows."""
    first, second = (number_of(told, f"position.{name}.1") for name in ("order_intended", "skipped"))
    proposed = number_of(told, "recommendation.proposed.1")
    [looked] = [number for number, run in ended(told) if run["recommendation_id"] is None]

    def bolder(inputs: DecisionInputs) -> Decision:
        decision = version_1.decide(inputs)
        return decision.model_copy(update={"quantity": (decision.quantity or Decimal(0)) + 1})

    found = verified(told, replace(Rules(), balancing={"balancing.1": bolder})).differences
    assert [(each.number, each.what) for each in found] == [(first, "decision"), (second, "decision")]
    assert '"quantity":"53"' in (found[0].expected or "")

    def generous(snapshot: Snapshot, policy: Policy) -> Advice:
        advice = plan(snapshot, policy)
        lines = tuple(line.model_copy(update={"quantity": line.quantity + 1}) for line in advice.lines)
        return advice.model_copy(update={"lines": lines, "sentence": f"{advice.sentence} Be bold."})

    found = verified(told, replace(Rules(), allocation={ENGINE: generous})).differences
    assert [(each.number, each.what) for each in found] == [(proposed, "decision"), (looked, "decision")]

    found = verified(told, replace(Rules(), balancing={})).differences
    assert [(each.number, each.what, each.found) for each in found] == [
        (first, "rule", "balancing.1"),
        (second, "rule", "balancing.1"),
    ]


def test_one_changed_byte_of_any_event_is_named(told: House) -> None:
    """Any byte of any event, of its metadata or of its data."""
    before = verified(told)
    with told.pool.connection() as connection:
        events = connection.execute(
            "select notification_id as number, state from stored_events order by 1"
        ).fetchall()

    @settings(max_examples=20)
    @given(st.sampled_from(events), st.data())
    def check(event: dict[str, Any], data: st.DataObject) -> None:
        state = bytearray(event["state"])
        state[data.draw(st.integers(0, len(state) - 1))] ^= data.draw(st.integers(1, 255))
        write = "update stored_events set state = %s where notification_id = %s"
        execute(told, write, bytes(state), event["number"])
        found = verified(told)
        execute(told, write, event["state"], event["number"])
        assert [(each.number, each.what) for each in found.differences] == [(event["number"], "event")]
        assert found.chain_head == before.chain_head

    check()
    assert verified(told) == before

    # Over a chain that was forged as well: what cannot be read is no event.
    number = number_of(told, "position.skipped.1")
    execute(told, "update stored_events set state = 'nothing' where notification_id = %s", number)
    execute(told, "delete from followers where name = 'audit_chain'")
    assert [each.what for each in verified(told).differences] == ["audit_chain", "event"]
    execute(told, "delete from audit_chain")
    found = verified(told)
    [difference] = found.differences
    assert (difference.number, difference.expected) == (number, "an event that can be read")
    assert found.not_verified == STEPS


def test_of_a_log_that_differs_nothing_else_counts_as_verified(told: House, client: TestClient) -> None:
    """It says so, over HTTP and at the terminal, though a changed table is not named."""
    assert verified(told).ok
    assert execute(told, "update positions set cash = cash + 0.01") == 1
    changed = "update stored_events set state = state || ' '::bytea where notification_id = %s"
    assert execute(told, changed, number_of(told, "position.skipped.1")) == 1
    answer = answered(client.get("/audit/verify"))
    assert [each["what"] for each in answer["differences"]] == ["event"]
    assert (answer["decisions"], answer["not_verified"]) == (0, ["decisions", "snapshots", "tables"])
    code, said, besides = at_terminal(told, "verify")
    assert (code, "decided again" in said) == (1, False)
    assert besides.strip() == (
        "The log itself differs, so what follows from it was not verified: decisions, snapshots, tables."
    )


def test_heads_are_for_exports(told: House, tmp_path: Path) -> None:
    """What Ballast verifies here is held against its own."""
    (heads := tmp_path / "heads.jsonl").touch()
    assert "--heads goes with --export" in terminal(told, "verify", "--heads", str(heads))[1]


def test_a_chain_that_was_made_anew_is_named_by_the_head_outside(told: House, tmp_path: Path) -> None:
    """And so is a log that was cut off with its chain."""
    told.heads_file = tmp_path / "heads.jsonl"
    assert verified(told).ok
    kept = told.keep_heads()
    assert kept is not None
    last = kept.number
    changed = (
        "update stored_events set state = replace(state::text, '97', '98')::bytea where notification_id = %s"
    )
    assert execute(told, changed, number_of(told, "position.order_intended.1")) == 1
    execute(told, "delete from audit_chain")
    execute(told, "delete from followers where name = 'audit_chain'")
    found = verified(told)
    assert [(each.number, each.what, each.expected) for each in found.differences] == [
        (last, "head", kept.hash)
    ]
    execute(told, "delete from audit_chain where number > 3")
    execute(told, "update followers set number = 3 where name = 'audit_chain'")
    execute(told, "delete from stored_events where notification_id > 3")
    assert [(each.number, each.found) for each in verified(told).differences] == [(last, None)]


def test_one_changed_row_of_each_read_model_is_named(told: House, client: TestClient) -> None:
    """A cent with both sides, over HTTP by their hashes, since others may ask; a row that is gone by its key."""
    assert execute(told, "update positions set cash = cash + 0.01") == 1
    [difference] = verified(told).differences
    assert difference.name.startswith("positions position_id=")
    assert (difference.expected, difference.found) == ('{"cash":10000}', '{"cash":10000.01}')
    [over_http] = answered(client.get("/audit/verify"))["differences"]
    assert over_http["what"] == f"positions {hash_of(difference.name.removeprefix('positions '))}"
    assert over_http["found"] == hash_of('{"cash":10000.01}')
    code, said = terminal(told, "verify", "--json")
    in_clear = json.loads(said)["differences"][0]
    assert (code, in_clear["what"], in_clear["found"]) == (1, difference.name, difference.found)
    assert execute(told, "update positions set cash = cash - 0.01") == 1

    looked_at = set()
    for model in READ_MODELS:
        missed = []
        for table in model.tables:
            keys = ", ".join(table.key)
            gone = (
                f"delete from {table.name} where ctid = (select min(ctid) from {table.name}) returning {keys}"
            )
            with told.pool.connection() as connection:
                row = connection.execute(gone).fetchone()
            if row is not None:
                looked_at.add(table.name)
                missed.append(f"{table.name} {', '.join(f'{column}={row[column]}' for column in table.key)}")
        with told.pool.connection() as connection:
            found = compare(connection, told.log, [model], lambda step, done, total: None)
        assert [(each.name, each.found) for each in found] == [(what, None) for what in missed]
    assert looked_at >= {
        "positions",
        "orders",
        "journal",
        "cash",
        "holdings",
        "timeline",
        "recommendations",
        "runs",
    }


def test_an_event_that_some_read_models_cannot_take_in_hides_nothing_of_the_others(told: House) -> None:
    """Over a chain that was forged as well: who hears it says so, and a changed row elsewhere is named."""
    number = number_of(told, "listing.registered.1")
    execute(told, "update stored_events set state = 'nothing' where notification_id = %s", number)
    execute(told, "delete from audit_chain")
    execute(told, "delete from followers where name = 'audit_chain'")
    assert execute(told, "update positions set cash = cash + 0.01") == 1
    found = verified(told).differences
    hearing = [model.name for model in READ_MODELS if ListingRegistered in model.hears]
    assert {"streams", "listings", "timeline"} <= {*hearing}
    assert sorted(each.what for each in found) == sorted([*hearing, "positions"])


def test_a_changed_snapshot_is_named_by_stream_and_version_and_can_be_mended(
    told: House, client: TestClient
) -> None:
    """It is what the next command would start from; one of what never was is named as well."""
    example = open_example(client, listing=KO | {"symbol": "PEP", "isin": "US7134481081"})
    entries = [{"kind": "contribution", "amount": "1"}] * 100
    address = f"/portfolios/{example.portfolio_id}/ledger"
    answered(client.post(address, json={"entries": entries}), 201)
    follow(told)
    assert verified(told).ok
    with told.pool.connection() as connection:
        row = connection.execute(
            "select notification_id as number, convert_from(s.state, 'UTF8')::jsonb ->> 'cash' as cash"
            " from snapshots s join stored_events using (originator_id, originator_version)"
        ).fetchone()
    assert row is not None

    tampered = "update snapshots set state = convert_to(replace(convert_from(state, 'UTF8'), %s, %s), 'UTF8')"
    assert execute(told, tampered, f'"{row["cash"]}"', '"99999.00"') == 1
    [difference] = verified(told).differences
    assert difference.number == row["number"]
    assert difference.name == f"snapshot of portfolio {example.portfolio_id}, version 100"
    assert (difference.expected, difference.found) == (f'{{"cash":"{row["cash"]}"}}', '{"cash":"99999.00"}')
    [over_http] = answered(client.get("/audit/verify"))["differences"]
    assert (over_http["what"], over_http["found"]) == (difference.name, hash_of('{"cash":"99999.00"}'))

    more = (
        "insert into snapshots select originator_id, %s, %s, %s from snapshots where originator_version = 100"
    )
    execute(told, more, 200, PORTFOLIO.snapshot_name, b"nothing")
    execute(told, more, 7, POSITION.snapshot_name, b"[]")
    execute(told, more, 300, "of.some.other.release", b"nothing")
    assert [each.name.rpartition(" ")[2] for each in verified(told).differences] == ["7", "100", "200"]
    code, said = terminal(told, "rebuild", "snapshots", "--json")
    assert (code, json.loads(said)[0]["only_live"], json.loads(said)[0]["only_rebuilt"]) == (1, 3, 1)
    assert terminal(told, "rebuild", "snapshots")[0] == 0
    assert verified(told).ok


def test_changed_inputs_of_a_run_are_named_and_retired_ones_are_counted(told: House) -> None:
    """Only what retention has let go of may be missing."""
    proposed = number_of(told, "recommendation.proposed.1")
    execute(told, "update run_inputs set content = replace(content, '236', '237')")
    found = verified(told)
    assert next((each.number, each.what) for each in found.differences) == (proposed, "inputs")
    execute(told, "delete from run_inputs")
    assert {(each.what, each.found) for each in verified(told).differences} == {("inputs", None)}

    told.ledger.clock = lambda: IN_SESSION + timedelta(days=400)
    run = told.request_run.for_the_house(by_hand(told), "retention").answer
    told.execute_run(run.id)
    follow(told)
    found = verified(told)
    assert (found.ok, found.decisions, found.inputs_retired) == (True, 2, 2)


def ended(house: House) -> list[tuple[int, dict[str, Any]]]:
    """The runs that have ended, with where that stands."""
    with house.pool.connection() as connection:
        rows = connection.execute(
            "select notification_id as number, state from stored_events"
            " where topic = 'run.ended.1' order by notification_id"
        ).fetchall()
    return [(row["number"], json.loads(row["state"])["data"]) for row in rows]
