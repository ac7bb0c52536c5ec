"""What ``ballast doctor`` says of what is sealed: whether the keys at hand open it, and are the newest."""

from collections.abc import Iterator, Sequence

import psycopg
from pydantic import SecretStr

from adapters.postgres import broker_keys, channels, provider_keys, second_factors
from adapters.seals.sealing import VARIABLE, Sealer
from api.cli.finding import Finding

TABLES = (
    ("keys of", "broker_keys", broker_keys.sealed_with),
    ("keys of", "provider_keys", provider_keys.sealed_with),
    ("channel", "channels", channels.sealed_with),
    ("second factor of", "second_factors", second_factors.sealed_with),
)


def seals(database_url: str | None, keys: SecretStr | None) -> Iterator[Finding]:
    """The sealing keys by their ids, and whatever needs one that is old or not there."""
    try:
        ids = Sealer(keys).ids
    except ValueError as error:
        yield Finding("sealing keys", "unusable", VARIABLE, f"{error}.")
        return
    yield Finding("sealing keys", ", ".join(ids) or "none", "their ids, newest first")
    if database_url is None:
        return
    found = []
    try:
        with psycopg.connect(database_url, connect_timeout=5) as connection:
            for what, table, sealed_with in TABLES:
                found += [(f"{what} {name}", key_id, table) for name, key_id in sealed_with(connection)]
                connection.rollback()  # a table that is not there yet ends the transaction
    except psycopg.Error:
        return
    for name, key_id, table in found:
        yield Finding(name, f"sealed with {key_id}", table, _problem(key_id, ids))


def _problem(key_id: str, ids: Sequence[str]) -> str | None:
    if key_id not in ids:
        return f"{VARIABLE} does not hold that key: put it back, or give again what it sealed"
    if key_id != ids[0]:
        return "not the newest key: start the API once to seal them with it, then take the old key away"
    return None
