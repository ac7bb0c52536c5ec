"""A policy is read strictly: everything wrong with it is said at once, and its hash follows the content."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy import canonical, digest, read
from domain.refusals import InvalidFields
from policy_examples import document


def errors(text: str) -> dict[str, str]:
    """What is wrong with a text, by path."""
    with pytest.raises(InvalidFields) as refused:
        read(text)
    return dict(refused.value.errors)


def test_a_complete_policy_is_read() -> None:
    """Amounts lose the currency of their names, and numbers keep every digit."""
    found = read(json.dumps(document()))
    assert found.policy.cadence.monthly.contribution == 500
    assert str(found.policy.targets["core"]) == "0.35"
    assert found.policy.targeted == ("core", "small_cap", "energy", "healthcare", "short_gilts", "semis")


def test_an_amount_is_named_with_the_base_currency() -> None:
    """In another currency, or without one, it is an unknown key."""
    other = document(cadence__monthly__contribution_usd=500)
    bare = document(cadence__monthly__contribution=500)
    assert errors(json.dumps(other)) == {"cadence.monthly.contribution_usd": "This key is not known."}
    assert errors(json.dumps(bare)) == {"cadence.monthly.contribution": "This key is not known."}


def test_a_euro_policy_names_its_amounts_in_euro() -> None:
    """Nothing about the pound is written into the code."""
    text = json.dumps(document()).replace("_gbp", "_eur").replace('"GBP"', '"EUR"').replace('"GBX"', '"EUR"')
    assert read(text).policy.base_currency == "EUR"


def test_all_contradictions_are_said_at_once() -> None:
    """Weights, tickers and sums are looked at in one go."""
    broken = document(
        targets__core=0.3,
        cadence__monthly__contribution_gbp=501,
        cadence__quarterly__priority_underweight_sleeves=["energy", "tulips"],
        cash_park__instrument_ticker="NONE",
    )
    assert errors(json.dumps(broken)) == {
        "targets": "The weights must sum to 1, and sum to 0.95.",
        "cadence.monthly.default_orders": "The orders must sum to the contribution of 501, and sum to 500.",
        "cadence.quarterly.priority_underweight_sleeves[1]": "The sleeve tulips has no target.",
        "cash_park.instrument_ticker": "NONE is not among the instruments.",
        "instruments[6].sleeve": "The sleeve cash_park has no target.",
    }


def test_unknown_keys_do_not_hide_contradictions() -> None:
    """Both are said in the same answer."""
    broken = document(surprise=1, targets__core=0.36)
    assert set(errors(json.dumps(broken))) == {"surprise", "targets"}


def test_an_order_of_an_unknown_ticker_is_named() -> None:
    """With the place where it stands."""
    found = errors(json.dumps(document(cadence__monthly__default_orders__0__ticker="ZZZ")))
    assert found == {"cadence.monthly.default_orders[0].ticker": "ZZZ is not among the instruments."}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "no JSON"),
        ("[]", "must be a JSON object"),
        ('{"version": NaN}', "NaN is no number"),
        ('{"version": "1", "version": "2"}', "version stands twice"),
        ('{"targets": {"a": 1e999999999}}', "more than 24 digits"),
        ("[" * 100_000, "no JSON"),
    ],
    ids=["cut", "list", "nan", "twice", "huge", "deep"],
)
def test_what_is_no_policy_at_all_is_said_plainly(text: str, says: str) -> None:
    """One error without a path, and no exception of a library."""
    assert says in errors(text)["policy"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("targets__core", "0.35"),
        ("targets__core", True),
        ("cadence__monthly__max_orders", 1.5),
        ("cadence__monthly__min_trade_gbp", -1),
        ("cash_park__sunset__0__date", "2027-02-30"),
        ("cash_park__waves__0__drawdown_trigger", 0),
        ("cash_park__waves__0__deploy_strategy", "gut_feeling"),
        ("instruments__0__ticker", "vwrp "),
    ],
)
def test_values_of_the_wrong_kind_are_refused_at_their_place(path: str, value: object) -> None:
    """Text is no number, a yes is no number, and half an order is no order."""
    place = "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in path.split("__"))[1:]
    assert list(errors(json.dumps(document(**{path: value})))) == [place]


def test_the_spelling_of_numbers_and_the_order_of_keys_change_no_hash() -> None:
    """The same content is the same policy."""
    found = document()
    turned = dict(reversed(found.items()))
    spelled = json.dumps(turned).replace("0.35", "3.500e-1").replace("16000", "16000.00")
    assert read(spelled).hash == read(json.dumps(found)).hash
    assert read(json.dumps(document(version="1.0.1"))).hash != read(json.dumps(found)).hash


json_values = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.decimals(-1000, 1000, places=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(json_values)
def test_canonical_text_is_json_and_a_fixed_point(value: object) -> None:
    """Read again it has the same spelling, and so the same hash."""
    text = canonical(value)  # type: ignore[arg-type]  # hypothesis knows less than the type says
    again = json.loads(text, parse_float=Decimal)
    assert canonical(again) == text
    assert digest(again) == digest(value)  # type: ignore[arg-type]
