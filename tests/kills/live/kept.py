"""What must be true of the books as a whole: what was acknowledged is there once, entries balance, nobody is called."""

from collections import Counter
from collections.abc import Iterable, Iterator

from kills.live.ledger import Books
from kills.live.story import Story


def kept(story: Story, books: Books) -> list[str]:
    """Everything that is not as it must be, a sentence each."""
    return [*_acknowledged(story, books), *_journal(books), *alarms(books)]


def _acknowledged(story: Story, books: Books) -> Iterator[str]:
    """What was answered with 2xx is there, once."""
    prices = books.rows("select listing_id, as_of, last, quarantined from price_points where source = 'api'")
    stored = [(row["listing_id"], row["as_of"], row["last"]) for row in prices]
    yield from differing("a price", stored, [tuple(each) for each in story.market.quoted])
    yield from (f"a quarantined price {row['as_of']}" for row in prices if row["quarantined"])
    messages = books.rows("select id, booked_at, problem from inbox where source = 'callback'")
    yield from differing("a callback", [row["id"] for row in messages], sorted(set(story.caller.delivered)))
    yield from (f"callback {row['id']} is not booked: {row['problem']}" for row in messages if row["problem"])
    keys = books.rows("select key from receipts where key like 'person-%%'")
    yield from differing("a receipt", [row["key"] for row in keys], story.person.keys)


def _journal(books: Books) -> Iterator[str]:
    """Every entry sums to zero, every execution has one, and what they add up to is what is shown."""
    unbalanced = books.rows(
        "select event_number from journal where (select sum((line ->> 'amount')::numeric)"
        " from jsonb_array_elements(lines) line) <> 0"
    )
    yield from (f"journal entry {row['event_number']} does not sum to zero" for row in unbalanced)
    counted = books.one(
        "select (select count(*) from journal where kind in ('buy', 'sell')) as entries,"
        " (select count(*) from executions) as executions"
    )
    if counted["entries"] != counted["executions"]:
        yield f"{counted['entries']} entries for {counted['executions']} executions"
    held = books.rows(
        "select holdings.listing_id, holdings.quantity, positions.shares as units from holdings"
        " join positions using (portfolio_id, listing_id)"
        " where positions.placement is null and holdings.quantity <> positions.shares"
    )
    yield from (f"holding {row['quantity']} of {row['listing_id']}, shares {row['units']}" for row in held)


def alarms(books: Books) -> list[str]:
    """The alerts that are open, but for closes, which nobody posts here."""
    rows = books.rows(
        "select rule, message from alerts left join alerts_resolved using (alert_id)"
        " where resolved_at is null and rule <> 'missing_close'"
    )
    return [f"an alert is open: {row['rule']}: {row['message']}" for row in rows]


def differing(what: str, ours: Iterable[object], theirs: Iterable[object]) -> Iterator[str]:
    """What one side has more often than the other, a sentence each."""
    here, there = Counter(ours), Counter(theirs)
    yield from (f"{what} is doubled or invented ({n}): {each}" for each, n in (here - there).items())
    yield from (f"{what} is lost ({n}): {each}" for each, n in (there - here).items())
