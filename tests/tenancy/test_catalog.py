"""Every table is of one of three kinds: it has a policy, it is shown whole, or people's transactions cannot touch it.

A table that is new belongs to the third until somebody says otherwise, and fails here until it stands in a list.
"""

from typing import Any

import pytest
from psycopg.sql import SQL, Identifier

from adapters.postgres.acting import acting_for
from adapters.postgres.tenant_role import TENANT
from api.wiring import House
from projections.catalogue import READ_MODELS
from projections.rebuild import Rebuild

SHOWN_WHOLE = {
    "actions": "what was announced of listings",
    "gate_listings": "how listings are quoted",
    "instruments": "the registry",
    "listings": "the registry",
    "listing_symbols": "the registry",
}

OF_THE_HOUSE = {
    "accounts": "names and passwords of people; who signs in is found before anybody is acted for",
    "audit_chain": "hashes of everybody's events, which only verifying reads",
    "dead_letters": "jobs that were given up, with ids and no contents",
    "followers": "how far followers are",
    "fx_rates": "what currencies cost; written and read as prices are, by the house",
    "issuer_identities": "what lets people in",
    "inbox": "what brokers said, booked by workers",
    "late_arrivals": "which prices came late",
    "paper_orders": "the paper broker's side of orders",
    "parked": "where followers have stopped",
    "pasts_read": "up to when prices were read",
    "personal_tokens": "what lets programs in",
    "policy_files": "which files were tried",
    "provider_payloads": "what providers sent, which workers read",
    "read_models": "shapes of tables",
    "reconciliations": "when comparisons were made; people get at it through their own portfolios",
    "recovery_codes": "what lets people in",
    "restorations": "when the database came out of a backup",
    "review_tokens": "a budget of the house",
    "run_inputs": "found by a hash that a run names, and the run is seen or not",
    "schema_migrations": "the schema",
    "second_factors": "what lets people in",
    "sending_claims": "which process sends an order",
    "sign_ins": "what lets browsers in",
    "taken_files": "files of the drop folder",
    "tenancy": "the conditions themselves",
    "verifications": "when the whole log was verified and what that came to, in numbers",
}

TABLES = """
    select c.relname as name, c.relrowsecurity as secured, c.relowner::regrole::text as owner,
        exists (select from pg_policy p where p.polrelid = c.oid) as has_policy,
        array(select privilege from unnest(%(privileges)s::text[]) as privilege
            where has_table_privilege(%(role)s, c.oid, privilege)) as may
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    order by c.relname"""
PRIVILEGES = ["select", "insert", "update", "delete", "truncate", "references", "trigger"]


def tables(house: House) -> list[dict[str, Any]]:
    """Every table, view and the like, and what the role may do with it."""
    with house.pool.connection() as connection:
        return connection.execute(TABLES, {"privileges": PRIVILEGES, "role": TENANT}).fetchall()


def kind_of(table: dict[str, Any]) -> str:
    """What a table is, by the catalog alone."""
    if not table["may"]:
        return "of the house"
    if table["secured"] and table["has_policy"]:
        return "secured"
    return "shown whole"


def assert_all_are_known(house: House) -> None:
    """Those without a policy are exactly the ones that are listed above, and are not written to."""
    found: dict[str, set[str]] = {"of the house": set(), "secured": set(), "shown whole": set()}
    for table in tables(house):
        found[kind_of(table)].add(table["name"])
        assert table["owner"] != TENANT
        assert not {"truncate", "references", "trigger"} & set(table["may"]), table
        if kind_of(table) == "shown whole":
            assert table["may"] == ["select"], table
    assert found["of the house"] == set(OF_THE_HOUSE)
    assert found["shown whole"] == set(SHOWN_WHOLE)
    assert {"stored_events", "positions", "journal", "broker_keys", "receipts"} <= found["secured"]


def test_every_table_is_of_a_known_kind(house: House) -> None:
    assert_all_are_known(house)


def test_so_it_is_after_everything_was_rebuilt(house: House) -> None:
    """A rebuild makes new tables, and swaps them in with what they show."""
    with house.pool.connection() as connection:
        Rebuild(connection, house.log, READ_MODELS).run(lambda step, done, total: None)
    assert_all_are_known(house)


def test_so_it_is_when_grants_were_lost(house: House) -> None:
    """A restore into another server brings no grants along: the next start makes them."""
    with house.pool.connection() as connection:
        connection.execute(
            SQL("revoke all on all tables in schema public from {}").format(Identifier(TENANT))
        )
    assert {kind_of(table) for table in tables(house)} == {"of the house"}
    house.prepare_database()
    assert_all_are_known(house)


def test_the_role_owns_nothing_and_passes_no_policy(house: House) -> None:
    with house.pool.connection() as connection:
        role = connection.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles where rolname = %s",
            (TENANT,),
        ).fetchone()
    assert role is not None
    assert not any(role.values()), role


@pytest.mark.parametrize("person", ["local", "", "o'brien; reset role"])
def test_a_persons_transaction_is_entered_and_left(house: House, person: str) -> None:
    """The role and the name hold for the block, whatever the name is, and are gone after it."""
    who = "select current_user::text as role, current_setting('ballast.person', true) as person"
    with acting_for(person), house.pool.connection() as connection:
        assert connection.execute(who).fetchone() == {"role": TENANT, "person": person}
    with house.pool.connection() as connection:
        after = connection.execute(who).fetchone()
    assert after is not None
    assert after["role"] != TENANT
    assert not after["person"]
