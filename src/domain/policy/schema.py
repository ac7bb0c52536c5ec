"""The policy's published JSON Schema, made from the model."""

from typing import Any

from domain.policy.model import Policy
from domain.policy.reading import AMOUNTS

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def policy_schema(currency: str) -> dict[str, Any]:
    """The schema of a policy in a base currency, whose amounts are named with it: ``contribution_gbp``."""
    schema = Policy.model_json_schema(ref_template="#/$defs/{model}", mode="validation")
    named: dict[str, Any] = _with_currency(schema, f"_{currency.lower()}")
    named["$schema"] = DRAFT
    named["title"] = "manifesto_policy"
    named["properties"]["base_currency"] = {"const": currency}
    return named


def _with_currency(node: Any, suffix: str) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(node, list):
        return [_with_currency(item, suffix) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: _with_currency(value, suffix) for key, value in node.items()}
    if isinstance(found.get("properties"), dict):
        found["properties"] = {_named(key, suffix): value for key, value in found["properties"].items()}
    if isinstance(found.get("required"), list):
        found["required"] = [_named(key, suffix) for key in found["required"]]
    return found


def _named(key: str, suffix: str) -> str:
    return f"{key}{suffix}" if key in AMOUNTS else key
