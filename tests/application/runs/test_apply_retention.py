"""What is not kept for good goes in time, from the live tables and from rebuilt ones alike; the events stay."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr

from adapters.seals.sealing import new_sealing_key
from api.wiring import House
from application.alerts import Concern, raise_alert, settle_alert
from application.imports.listings import Given
from application.ledger import Cause
from application.notifications.set_channels import Wanted
from application.runs.apply_retention import ALERTS_KEPT, INPUTS_KEPT
from application.runs.execute_run import Decision
from broker_files import DEPOSIT, trading_212
from domain.events import Metadata, Recorded
from domain.runs.events import RetentionApplied
from example_run_events import requested, retention
from examples import IN_SESSION, by_hand, open_example
from projections.catalogue import BY_NAME, FOLLOWING
from projections.changes import Changes
from projections.follower import Follower
from projections.following import WriteReadModel
from projections.rebuild import Rebuild
from stories import AT

from .asked_runs import ended, run_of, scheduled

DAY = timedelta(days=1)
LONG_AGO = IN_SESSION - ALERTS_KEPT - 10 * DAY
LATELY = IN_SESSION - ALERTS_KEPT + 10 * DAY


def at(house: House, moment: datetime) -> House:
    """The house with its clock at a moment."""
    house.clock = house.ledger.clock = lambda: moment
    return house


def raised(house: House, rule: str) -> None:
    """An alert of the house."""
    concern = Concern(None, None, rule, "WARN", f"Look at {rule}.")
    house.ledger.transact(by_hand(house), lambda transaction: raise_alert(transaction, concern))


def resolved(house: House, rule: str) -> None:
    """Its cause is over."""
    about = (None, None, rule)
    house.ledger.transact(by_hand(house), lambda transaction: settle_alert(transaction, about, "looked"))


def retained(house: House, slot: datetime = IN_SESSION) -> UUID:
    """A retention run of a slot, carried out."""
    run_id = scheduled(at(house, slot), None, slot, "retention")
    house.execute_run(run_id)
    assert ended(house, run_id)[0] == "success"
    return run_id


def follow(house: House) -> None:
    """Let the following read models catch up, all in one batch."""
    with house.pool.connection() as connection:
        for model in FOLLOWING:
            Follower(house.database_url, house.log, WriteReadModel(model)).catch_up(connection)


def values(house: House, query: str) -> list[Any]:
    """The first column of what a query finds."""
    with house.pool.connection() as connection:
        return [next(iter(row.values())) for row in connection.execute(query.encode()).fetchall()]


def is_rebuilt_equal(house: House, *names: str) -> bool:
    """Whether a rebuild finds these read models as they are."""
    with house.pool.connection() as connection:
        models = [BY_NAME[name] for name in names]
        found = Rebuild(connection, house.log, models).run(lambda step, done, total: None)
    return all(each.equal for each in found)


def test_alerts_go_once_they_have_been_resolved_for_long_and_notifications_by_age(house: House) -> None:
    """What is open stays however old it is; the timeline has everything."""
    for rule in ("done_long_ago", "done_lately", "open"):
        raised(at(house, LONG_AGO), rule)
    resolved(house, "done_long_ago")
    resolved(at(house, LATELY), "done_lately")
    raised(house, "open_lately")
    retained(house)
    follow(house)
    rules = "select rule from alerts order by rule"
    assert values(house, rules) == ["done_lately", "open", "open_lately"]
    assert values(house, "select count(*) from alerts_resolved") == [1]
    assert values(house, "select distinct recorded_at from notifications") == [LATELY]
    assert values(house, "select count(*) from timeline where type = 'alert.raised'") == [4]
    assert is_rebuilt_equal(house, "alerts", "notifications", "timeline")
    assert values(house, rules) == ["done_lately", "open", "open_lately"]


def test_what_was_let_go_of_may_come_back_as_something_new(house: House) -> None:
    raised(at(house, LONG_AGO), "again")
    resolved(house, "again")
    retained(house)
    raised(house, "again")
    assert values(house, "select rule from alerts") == ["again"]
    assert is_rebuilt_equal(house, "alerts")


def test_inputs_and_payloads_go_and_the_hash_stays(house: House) -> None:
    keep = house.run_inputs.keep
    keep("old", "{}", IN_SESSION - INPUTS_KEPT - DAY)
    keep("young", "{}", IN_SESSION - INPUTS_KEPT + DAY)
    keep("needed again", "{}", IN_SESSION - INPUTS_KEPT - DAY)
    keep("needed again", "{}", IN_SESSION)
    keep("needed again", "{}", IN_SESSION - 2 * INPUTS_KEPT)
    payloads(house, old=LONG_AGO, young=LATELY)
    run_id = retained(house)
    assert values(house, "select hash from run_inputs order by hash") == ["needed again", "young"]
    assert values(house, "select topic from provider_payloads") == ["young"]
    assert "Deleted 1 inputs of runs, 1 payloads, 0 deliveries and 0 exports." in ended(house, run_id)[1]


def test_previews_of_files_go_unless_they_were_imported(house: House) -> None:
    """What stands in the books keeps every row that it came from."""
    portfolio_id = open_example(house).portfolio_id
    imports, content = house.import_statements, trading_212(DEPOSIT.replace("GBP", "USD"))
    imported, forgotten, lately = (
        imports.preview(by_hand(house), portfolio_id, name, content).answer.preview.import_id
        for name in ("imported", "forgotten", "lately")
    )
    imports.apply(by_hand(house), portfolio_id, imported, Given())
    with house.pool.connection() as connection:
        connection.execute("update import_previews set stored_at = %s", (LONG_AGO,))
        young = "update import_previews set stored_at = %s where import_id = %s"
        connection.execute(young, (LATELY, lately))
    retained(house)
    left = values(house, "select import_id from import_previews order by file_name")
    assert (left, forgotten in left) == ([imported, lately], False)


def payloads(house: House, **last_seen: datetime) -> None:
    """Something that a provider sent, of each of these topics."""
    with house.pool.connection() as connection:
        for topic, at in last_seen.items():
            connection.execute(
                "insert into provider_payloads (portfolio_id, provider, topic, sha256, listing_ids, body,"
                " fetched_at, last_seen) values (gen_random_uuid(), 'x', %s, '', '{}', '', %s, %s)",
                (topic, LONG_AGO, at),
            )


def test_a_notification_is_kept_as_long_as_it_has_been_known(house: House) -> None:
    """What happened years ago and was told lately is news of lately."""
    long_past = Cause("local", house.ledger.new_id(), at=LONG_AGO - 2000 * DAY)
    concern = Concern(None, None, "found_late", "WARN", "Look.")
    at(house, LATELY).ledger.transact(long_past, lambda each: raise_alert(each, concern))
    retained(house)
    follow(house)
    assert values(house, "select at from notifications") == [LONG_AGO - 2000 * DAY]
    assert is_rebuilt_equal(house, "notifications")


def test_what_was_sent_or_given_up_goes_and_what_waits_stays(house: House) -> None:
    """However long it has been waiting."""
    channel = Wanted(None, "phone", SecretStr("ntfys://ntfy.test/x"), ("WARN",), True)
    house.sealing_key = lambda: SecretStr(new_sealing_key())
    (phone,) = house.set_channels(by_hand(house), "local", [channel]).answer
    with house.pool.connection() as connection:
        for number, (column, moment) in enumerate(
            [("sent_at", LONG_AGO), ("failed_at", LONG_AGO), ("sent_at", LATELY), ("next_try_at", LONG_AGO)]
        ):
            connection.execute(
                f"insert into deliveries (channel_id, notification_id, number, severity, title, sentence, at, {column})"
                " values (%s, gen_random_uuid(), %s, 'WARN', 'x', 'x', %s, %s)",
                (phone.id, number, LONG_AGO, moment),
            )
    run_id = retained(house)
    assert values(house, "select number from deliveries order by number") == [2, 3]
    assert "2 deliveries and" in ended(house, run_id)[1]


def test_marks_of_what_was_read_go_after_the_notifications(house: House) -> None:
    mark = house.notification_reads.mark
    mark("local", [UUID(int=1)], IN_SESSION - ALERTS_KEPT - 2 * DAY)
    mark("local", [UUID(int=2)], IN_SESSION - ALERTS_KEPT - DAY / 2)
    retained(house)
    assert values(house, "select notification_id from notification_reads") == [UUID(int=2)]


def test_a_second_attempt_tells_the_read_models_nothing_new(house: House) -> None:
    """A worker died between telling and deleting: the rest is done, with the limits of the first."""
    run_id = scheduled(at(house, IN_SESSION), None, IN_SESSION, "retention")
    work = house.works["retention"]
    assert not isinstance(work, Decision)
    with house.ledger.within(run_id):
        work(run_of(house, run_id))
    at(house, IN_SESSION + DAY)
    house.run_inputs.keep("old", "{}", IN_SESSION - INPUTS_KEPT - DAY)
    house.run_inputs.keep("a day less old", "{}", IN_SESSION - INPUTS_KEPT + DAY / 2)
    house.execute_run(run_id)
    assert values(house, "select hash from run_inputs") == ["a day less old"]
    [applied] = house.log.events_of(run_id, [RetentionApplied.name])
    assert applied.metadata.run_id == run_id
    assert applied.event == retention(IN_SESSION, run_id=run_id)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_comes_between_retentions_a_rebuild_finds_the_same(house: House, seed: int) -> None:
    """Alerts raised and resolved at any time, some told late; the followers' batch holds several retentions."""
    chance = random.Random(seed)
    moment = LONG_AGO - 200 * DAY
    for _ in range(60):
        moment += timedelta(days=chance.randint(0, 20), seconds=1)
        rule = f"r{chance.randint(1, 8)}"
        told_at = moment - timedelta(days=chance.choice([0, 0, 0, 100]))
        cause = Cause("local", house.ledger.new_id(), at=told_at)
        match chance.choice(["raise", "raise", "resolve", "resolve", "retain"]):
            case "raise":
                concern = Concern(None, None, rule, "WARN", "Look.")
                at(house, moment).ledger.transact(cause, lambda t, c=concern: raise_alert(t, c))  # type: ignore[misc]  # bound now
            case "resolve":
                about = (None, None, rule)
                at(house, moment).ledger.transact(cause, lambda t, a=about: settle_alert(t, a, "looked"))  # type: ignore[misc]  # bound now
            case _:
                retained(house, moment)
    follow(house)
    assert is_rebuilt_equal(house, "alerts", "notifications")
    assert values(house, "select count(*) from stored_events where topic = 'alert.raised.1'") != values(
        house, "select count(*) from alerts"
    )


def test_one_append_holds_nothing_after_rows_were_taken_away() -> None:
    """Live the rows would be taken away, rebuilt they would not."""
    alerts, runs = BY_NAME["alerts"], BY_NAME["runs"]
    changes = Changes([*alerts.tables, *runs.tables])
    changes.take(alerts.rows(recorded(retention(AT)), None))
    assert changes.as_json() == (
        b'{"expired":{"alerts":"2026-08-22T16:00:00Z","alerts_resolved":"2026-08-22T16:00:00Z"}}'
    )
    changes.take(runs.rows(recorded(requested()), None))
    with pytest.raises(ValueError, match="nothing comes after"):
        changes.as_json()


def recorded(event: Any) -> Recorded:
    """An event that is about to be appended."""
    metadata = Metadata(
        id=UUID(int=1), at=AT, recorded_at=AT, actor="local", correlation_id=UUID(int=2), engine="balancing.1"
    )
    return Recorded(number=0, stream_id=UUID(int=3), version=1, metadata=metadata, event=event)
