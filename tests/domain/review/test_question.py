"""What a reviewer is asked: derived numbers and our own names, never a word that a person wrote."""

import json
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.allocation import plan
from domain.policy import Policy, read
from domain.recommendation.decide import propose
from domain.recommendation.events import RecommendationProposed
from domain.review.question import Question, about_advice, about_policy
from policy_examples import HOLDINGS, LISTINGS, PRICES, SLEEVES, document, policy, snapshot

RUN_ID = UUID(int=77)


def proposed(under: Policy, **given: Any) -> RecommendationProposed:
    """What a run under a policy proposes."""
    named = snapshot(**given)
    sleeves = {each.ticker: each.sleeve for each in under.instruments}
    constituents = [each.model_copy(update={"sleeve": sleeves[each.symbol]}) for each in named.constituents]
    given_snapshot = named.model_copy(update={"constituents": tuple(constituents)})
    advice = plan(given_snapshot, under)
    assert advice.outcome == "success", advice.sentence
    return propose(RUN_ID, given_snapshot, given_snapshot.hash, advice)


def facts(question: Question) -> dict[str, Any]:
    """What a question tells."""
    told: dict[str, Any] = json.loads(question.user)
    return told


def test_advice_is_told_in_parts_and_rules() -> None:
    told = facts(about_advice(proposed(policy()), policy()))
    assert told["run"] == "monthly"
    assert told["orders_max"] == 2
    assert told["sleeves"][0] == {
        "name": "sleeve_1",
        "target": 0.35,
        "before": 0.35215,
        "after": 0.354708,
        "drift": 0.214955,
        "drift_limit": 2,
        "actionable": False,
    }
    assert [(each["sleeve"], each["part_of_all_of_its_kind"], each["rules"]) for each in told["orders"]] == [
        ("sleeve_1", 0.82783, ["default_orders", "scaled_to_budget"]),
        ("sleeve_2", 0.17217, ["default_orders", "scaled_to_budget"]),
    ]


def test_a_wave_goes_by_its_place() -> None:
    told = facts(about_advice(proposed(policy(), drawdown="0.105"), policy()))
    assert told["orders"][0]["trigger"] == "wave_1"
    assert told["orders"][0]["sleeve"] == "cash_park"
    assert "wave_1" in told["orders"][1]["rules"]


def test_the_same_advice_asks_the_same_question() -> None:
    first, second = (about_advice(proposed(policy()), policy()) for _ in range(2))
    assert first.text == second.text
    assert first.hash == second.hash
    assert about_policy(policy()).hash != first.hash


def test_names_come_back_in_the_answer() -> None:
    aliases = about_policy(policy()).aliases
    assert aliases.back("sleeve_6 waits for wave_2, sunset_1 and sleeve_77.") == (
        "semis waits for wave:B, sunset:2027-02-01 and sleeve_77."
    )


SECRET = "jane.doe@example.org"  # what a person might have called anything
A_NAME = st.text(st.sampled_from("QXZ@.4"), min_size=4, max_size=9).map(lambda text: f"{SECRET} {text}|")


def planted(name: str) -> dict[str, Any]:
    """The policy's document with this name wherever a person may write a word."""
    names = {sleeve: f"{name}{sleeve}" for sleeve in SLEEVES.values()}

    def renamed(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: renamed(value) for key, value in node.items()}
        if isinstance(node, list):
            return [renamed(item) for item in node]
        return names.get(node, node) if isinstance(node, str) else node

    found: dict[str, Any] = renamed(document(version=name, notes={"principles_summary": [name]}))
    found["targets"] = {names[sleeve]: weight for sleeve, weight in found["targets"].items()}
    for wave in found["cash_park"]["waves"]:
        wave["name"] = f"{name}{wave['name']}"
    for instrument in found["instruments"]:
        instrument["price_source_hint"] = name
    return found


@settings(max_examples=20)
@given(A_NAME)
def test_nothing_that_a_person_has_named_is_in_a_question(name: str) -> None:
    """Sleeves, waves, version, notes, hints: none of it, and no amount, ticker or id either."""
    under = read(json.dumps(planted(name))).policy
    questions = [
        about_policy(under),
        about_advice(proposed(under), under),
        about_advice(proposed(under, drawdown="0.3"), under),
    ]
    advised = proposed(under, drawdown="0.3")
    hidden = {
        SECRET,
        *SLEEVES,
        *(str(each) for each in LISTINGS.values()),
        str(advised.portfolio_id),
        str(advised.recommendation_id),
        str(advised.policy_hash),
        *(str(line.line.amount) for line in advised.lines),
        *PRICES.values(),
        *(f'"{units}"' for units in HOLDINGS.values()),
        "16000",
        "8000",
    }
    for question in questions:
        sent = question.system + question.user
        assert not [each for each in hidden if each in sent]
        assert SECRET in question.aliases.back("sleeve_1")
