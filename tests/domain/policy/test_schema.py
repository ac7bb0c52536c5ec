"""The published schema and the reader agree on what a policy looks like."""

import json
from typing import Any

from domain.policy import parse
from domain.policy.difference import differences
from domain.policy.schema import policy_schema
from policy_examples import document


def keys(schema: dict[str, Any], node: dict[str, Any], path: str = "") -> set[str]:
    """Every key that a schema knows, by its path."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    found: set[str] = set()
    for key, child in node.get("properties", {}).items():
        found |= {f"{path}{key}"} | keys(schema, child, f"{path}{key}.")
    for child in (*node.get("anyOf", ()), *([node["items"]] if "items" in node else [])):
        found |= keys(schema, child, path)
    return found


def used(node: Any, path: str = "") -> set[str]:
    """Every key that a document uses, by its path."""
    if isinstance(node, list):
        return set().union(*(used(item, path) for item in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    return set().union(*({f"{path}{key}"} | used(value, f"{path}{key}.") for key, value in node.items()))


def test_every_key_of_a_policy_is_in_the_schema() -> None:
    schema = policy_schema("GBP")
    assert used({key: value for key, value in document().items() if key != "targets"}) <= keys(schema, schema)
    assert set(schema["required"]) <= set(document())


def test_a_change_is_told_at_its_place() -> None:
    """Items are known by their names: one that moves is not two that changed."""

    def told(**changes: object) -> list[str]:
        before, after = (parse(json.dumps(each)) for each in (document(), document(**changes)))
        return [change.sentence() for change in differences(before, after)]

    waves = document()["cash_park"]["waves"]
    assert told(cash_park__waves=waves[::-1]) == ["cash_park.waves: A B became B A."]
    shorter = told(instruments=document()["instruments"][:-1], targets__core=0.4)
    assert shorter[0].startswith("instruments[CSH2]: {")
    assert shorter[0].endswith("} went.")
    assert shorter[1:] == ["targets.core: 0.35 became 0.4."]
    assert told() == []
