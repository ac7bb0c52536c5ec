"""What the books have under a reference is found by it, however long the journal has become."""

from api.wiring import House
from examples import open_example
from projections.imported_books import BOOKED

MANY = """
    insert into journal
        (event_number, id, portfolio_id, at, kind, reference, currency, lines, sentence, posted, of_action)
    select 1000000 + n, gen_random_uuid(), %s, now(), 'fee', 'EOF' || n, 'USD', '[]', 'Paid.', true, false
    from generate_series(1, 5000) n"""


def test_a_reference_is_looked_up_in_an_index_and_so_is_the_entry_of_advice(house: House) -> None:
    """Each reads a few pages, where reading the portfolio's journal would be hundreds."""
    opened = open_example(house)
    with house.pool.connection() as connection:
        connection.execute(MANY, (opened.portfolio_id,))
        connection.execute("analyze journal")
        asked = {"portfolio": opened.portfolio_id, "references": ["EOF7", "EOF4000"]}
        plan = connection.execute(f"explain (costs off) {BOOKED}", asked).fetchall()
        found = connection.execute(BOOKED, asked).fetchall()
    assert [each["reference"] for each in found] == ["EOF7", "EOF4000"]
    steps = [each["QUERY PLAN"].strip() for each in plan]
    assert any(
        step.startswith("Index Cond: ((portfolio_id =") and "(reference = ANY" in step for step in steps
    )
    assert any(step.startswith("Index Cond: (id =") for step in steps)
