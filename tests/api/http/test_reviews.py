"""A model's opinion over HTTP: shown beside what was decided, and never part of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from starlette.testclient import TestClient

from advised import THAT_EVENING, Adviser
from api.following import Followers
from api.http.app import create_app
from api.wiring import House
from api.worker import Worker
from databases import Databases
from domain.events import Recorded
from domain.recommendation.decide import recommendation_of
from domain.runs.kinds import PortfolioKind
from examples import IN_SESSION, by_hand, eventually
from over_http import HERE, answered, configuration, refused
from policy_examples import HOLDINGS, PRICES
from provider_server.door import Door, Reply
from reviewer_server import FINE, HOSTILE, INJECTION, KEY, MODEL, configured, endpoint, said

SECRETS = ("jane.doe@example.org", "Grandmother's ring", "ACCT-778899")


def reviewed(house: House, door: Door, **how: Any) -> None:
    """Let a house have a model behind a door, and a worker that waits for nothing."""
    house.reviewing = configured(door, **how)
    assert house.give_reviews is not None
    object.__setattr__(house.give_reviews, "pause", lambda seconds: None)


def jobs_done(house: House) -> int:
    """Do what the sweep would have a worker do; how much that was."""
    assert house.give_reviews is not None
    found = house.unreviewed(IN_SESSION.replace(year=2025))
    for subject in found:
        house.give_reviews(subject)
    return len(found)


def test_an_opinion_is_asked_for_once_and_shown_beside_the_advice(client: TestClient, house: House) -> None:
    with endpoint(said(FINE)) as door:
        reviewed(house, door)
        adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
        run = adviser.run("monthly")
        before = adviser.advice(run)

        assert before["verdict"] is None
        assert jobs_done(house) == 1
        assert jobs_done(house) == 0

    after = adviser.advice(run)
    verdict = after.pop("verdict")
    assert after == {name: value for name, value in before.items() if name != "verdict"}
    assert answered(client.get("/recommendations"))["items"][0]["verdict"] == verdict
    assert (verdict["status"], verdict["verdict"], verdict["reason"]) == ("given", "WARN", None)
    assert verdict["notes"] == ["core is bought although it is above its target."]
    assert verdict["model"] == MODEL
    asked = house.archives.text(verdict["prompt_hash"])
    assert asked is not None
    assert len(door.asked) == 1


def test_nothing_that_a_person_wrote_leaves_the_house(client: TestClient, house: House) -> None:
    """Neither names, nor reasons, nor the manifesto, nor ids, amounts or tickers; and the key only where it belongs."""
    email, ring, account = SECRETS
    with endpoint(said(FINE)) as door:
        reviewed(house, door)
        notes = {"principles_summary": [ring]}
        adviser = Adviser(client, house, version=email, notes=notes).hold(**HOLDINGS).quote(**PRICES)
        answered(client.patch(adviser.address, json={"name": account}))
        policy = answered(client.get(f"{adviser.address}/policy"))["active"]["policy"]
        answered(
            client.put(
                f"{adviser.address}/policy", json={"policy": policy | {"version": ring}, "manifesto": email}
            )
        )
        advice = adviser.advice(adviser.run("monthly"))
        assert jobs_done(house) == 2

    sent = b"".join(each.content for each in door.asked).decode()
    hidden = [*SECRETS, KEY, *PRICES, *PRICES.values(), "512.44", "355.28", advice["id"], adviser.id]
    hidden += [advice["policy_hash"], *adviser.listings.values(), "semis", "wave:A", "Pension", "local"]
    assert [each for each in hidden if each in sent] == []
    assert all(KEY in each.headers["authorization"] for each in door.asked)


def test_a_draft_is_reviewed_and_approved_by_nobody(client: TestClient, house: House) -> None:
    with endpoint(said({"verdict": "PASS", "notes": []})) as door:
        reviewed(house, door)
        adviser = Adviser(client, house)
        policy = answered(client.get(f"{adviser.address}/policy"))["active"]["policy"]
        refused(client.post(f"{adviser.address}/policy/review"), 409)
        drafted = answered(
            client.put(f"{adviser.address}/policy", json={"policy": policy | {"version": "2"}})
        )
        assert drafted["verdict"] is None
        assert jobs_done(house) == 1
        told = answered(client.get(f"{adviser.address}/policy"))
        assert (told["verdict"]["verdict"], told["draft"]["version"]) == ("PASS", "2")
        assert told["active"]["version"] == "1.0.0"

        answered(client.post(f"{adviser.address}/policy/review"), 202)
        assert answered(client.get(f"{adviser.address}/policy"))["verdict"]["status"] == "waiting"
        assert jobs_done(house) == 1
    assert len(door.asked) == 2


def test_without_a_model_nobody_can_ask(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))
    problem = refused(client.post(f"/recommendations/{advice['id']}/review"), 409)
    assert "BALLAST_LLM_URL" in problem["detail"]
    assert house.give_reviews is None
    assert house.waiting_reviews == []


def test_a_second_try_helps_once_and_money_is_counted(client: TestClient, house: House) -> None:
    """A failure is tried again once. After two there is no verdict, until a person asks and the day has tokens."""
    with endpoint(HOSTILE["fails"], said(FINE), HOSTILE["fails"], Reply(429), said(FINE)) as door:
        reviewed(house, door, tokens_a_day=24_000)
        adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
        advice = adviser.advice(adviser.run("monthly"))
        address = f"/recommendations/{advice['id']}"

        jobs_done(house)
        assert answered(client.get(address))["verdict"]["verdict"] == "WARN"
        asked = answered(client.post(f"{address}/review"), 202)
        assert asked["status"] == "waiting"
        jobs_done(house)
        missed = answered(client.get(address))["verdict"]
        assert (missed["status"], missed["verdict"]) == ("missed", None)
        assert missed["reason"] == f"{MODEL} answered with status 429."

        answered(client.post(f"{address}/review"), 202)
        jobs_done(house)
        told = answered(client.get(address))["verdict"]
        assert told["reason"] == "The day's 24000 tokens are spent."
        assert len(door.asked) == 4
        house.ledger.clock = lambda: IN_SESSION.replace(day=21)
        answered(client.post(f"{address}/review"), 202)
        jobs_done(house)
        assert answered(client.get(address))["verdict"]["status"] == "given"


MODES: dict[str, list[Reply]] = {
    "off": [],
    "on": [said(FINE)],
    "slow": [HOSTILE["hangs"]],
    "broken": [
        HOSTILE[each] for each in ("is garbage", "is throttled", "is cut", "has another shape", "is huge")
    ],
    "hostile": [said({"verdict": "FAIL", "notes": [INJECTION]})],
}


@contextmanager
def fresh(databases: Databases, addresses: tuple[str, str]) -> Iterator[House]:
    """A house on a database of its own, whose ids are the same every time."""
    with databases.fresh() as url:
        house = House(url, addresses[1], namespace="ballast_test_reviews")
        ids = count(1)
        house.ledger.new_id = lambda: UUID(int=next(ids) << 64)
        house.ledger.clock = lambda: IN_SESSION
        try:
            yield house
        finally:
            house.close()


def with_ids_of_their_own(house: House) -> int:
    """Reviews, whose events take none of the ids that decisions are told apart by here."""
    new_id, house.ledger.new_id = house.ledger.new_id, uuid4
    try:
        return jobs_done(house)
    finally:
        house.ledger.new_id = new_id


def a_month(house: House, after_each: Callable[[], int]) -> list[tuple[str, int, bytes | None]]:
    """Advice, executed in part, taken the place of, and a draft: everything that was stored of it but reviews."""
    with TestClient(create_app(house, configuration()), base_url=HERE) as client:
        adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
        first = advised(adviser, "monthly")
        after_each()
        adviser.executed(first)
        adviser.deposit("600")
        second = advised(adviser, "quarterly")
        after_each()
        answered(client.post(f"/recommendations/{second['id']}/approve"))
        advised(adviser, "manual")
        after_each()
    return [
        (each.stream, each.version, each.stored) for each in told(house) if each.event.stream_kind != "review"
    ]


def advised(adviser: Adviser, kind: PortfolioKind) -> dict[str, Any]:
    """What a run advises, which a worker carries out."""
    as_of = datetime.fromisoformat(THAT_EVENING)
    run = adviser.house.request_run(by_hand(adviser.house), kind, UUID(adviser.id), as_of).answer
    adviser.house.execute_run(run.id)
    return adviser.advice({"recommendation_id": recommendation_of(run.id)})


def told(house: House) -> list[Recorded]:
    """Everything that was stored."""
    with house.pool.connection() as connection:
        return house.log.read(connection, 0, 1_000)


def test_decisions_have_the_same_bytes_with_a_model_off_on_slow_and_hostile(
    databases: Databases, addresses: tuple[str, str]
) -> None:
    """What was stored of the same month is the same, to the byte, whatever a model says or does meanwhile."""
    stored, said_of_it = dict[str, Any](), dict[str, Any]()
    for mode, replies in MODES.items():
        with fresh(databases, addresses) as house, endpoint(*replies) as door:
            if not replies:
                stored[mode] = a_month(house, lambda: 0)
                continue
            reviewed(house, door, seconds_max=0.2 if mode == "slow" else 5.0)
            stored[mode] = a_month(house, lambda house=house: with_ids_of_their_own(house))  # type: ignore[misc]
            events = [each.event for each in told(house)]
            said_of_it[mode] = {event.name for event in events if event.stream_kind == "review"}
    decisions = [name for name, _, _ in stored["off"] if name.startswith("recommendation")]
    assert len(decisions) >= 4
    for mode in MODES:
        assert stored[mode] == stored["off"], mode
    given = {mode for mode, names in said_of_it.items() if names == {"review.given.1"}}
    assert given == {"on", "hostile"}
    assert all(said_of_it[mode] == {"review.missed.1"} for mode in said_of_it.keys() - given)


def test_a_worker_reviews_advice_by_itself_while_other_work_goes_on(house: House) -> None:
    """The sweep finds what the run has proposed; a model that hangs holds up its own queue and nothing else."""
    house.ledger.clock = house.clock = lambda: IN_SESSION
    with endpoint(HOSTILE["hangs"], said(FINE)) as door:
        reviewed(house, door, seconds_max=1.0)
        with (
            Worker(house),
            Followers(house),
            TestClient(create_app(house, configuration()), base_url=HERE) as client,
        ):
            adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
            asked = answered(
                client.post(f"{adviser.address}/runs", json={"kind": "monthly", "as_of": THAT_EVENING}), 202
            )
            address = f"/recommendations/{recommendation_of(UUID(asked['id']))}"
            eventually(lambda: client.get(address).status_code == 200)
            answered(client.post(f"{address}/approve"))
            eventually(lambda: (answered(client.get(address))["verdict"] or {}).get("status") == "given")
    first, second = door.asked
    assert first.content == second.content
