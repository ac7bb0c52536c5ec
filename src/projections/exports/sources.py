"""Every kind of export's files: the log with its chain, the journal line by line, orders with executions, prices."""

from collections.abc import Mapping

from domain.exports.columns import Column, ColumnType
from domain.exports.wanted import What
from projections.exports.source import MINE, Source, within
from projections.exports.statement import DISPOSALS, DIVIDENDS, STATEMENT
from projections.timeline import NOBODYS


def _column(name: str, kind: ColumnType = "text", meaning: str = "") -> Column:
    return Column(name, kind, meaning)


EVENTS = Source(
    name="events",
    columns=(
        (_column("number", "integer", "place in the log"), "t.event_number"),
        (_column("id"), "t.id::text"),
        (_column("stream_id"), "e.originator_id::text"),
        (_column("version", "integer", "place in its stream"), "e.originator_version"),
        (_column("name", meaning="stored name, as it is hashed"), "e.topic"),
        (_column("at", "moment", "when it took effect"), "t.at"),
        (_column("recorded_at", "moment", "when it was stored"), "t.recorded_at"),
        (_column("actor", meaning="who: a person's id, or ballast: and what acts by itself"), "t.actor"),
        (_column("correlation_id", meaning="the request, or what began the chain"), "t.correlation_id::text"),
        (_column("run_id", meaning="the run it came of, null for a person's own command"), "t.run_id::text"),
        (_column("portfolio_id"), "t.portfolio_id::text"),
        (_column("position_id"), "t.position_id::text"),
        (_column("listing_id"), "t.listing_id::text"),
        (_column("message", meaning="the event in a sentence"), "t.message"),
        (
            _column("envelope", "json", "the event as it is stored and hashed"),
            "convert_from(e.state, 'UTF8')",
        ),
        (_column("previous_hash", meaning="hexadecimal"), "coalesce(encode(b.hash, 'hex'), repeat('0', 64))"),
        (_column("hash", meaning="hexadecimal"), "encode(c.hash, 'hex')"),
    ),
    rows=f"""from timeline t join stored_events e on e.notification_id = t.event_number
        join audit_chain c on c.number = t.event_number left join audit_chain b on b.number = t.event_number - 1
        where t.event_number <= %(up_to)s and {within("t.recorded_at")}
        and (%(portfolio)s::uuid is null and {NOBODYS} or portfolio_id in (select p.portfolio_id from portfolios p
            where {MINE}))""",
    order="t.event_number",
    in_log_order=True,
)

LEDGER = Source(
    name="ledger",
    columns=(
        (_column("event_number", "integer", "the event that it is booked by"), "j.event_number"),
        (_column("entry_id"), "j.id::text"),
        (_column("portfolio_id"), "j.portfolio_id::text"),
        (_column("portfolio"), "p.title"),
        (_column("at", "moment"), "j.at"),
        (_column("kind"), "j.kind"),
        (_column("reference", meaning="what the outside world calls it"), "j.reference"),
        (_column("line", "integer", "of the entry, from 1; the lines of an entry sum to zero"), "l.place"),
        (_column("account"), "l.line ->> 'account'"),
        (_column("listing_id"), "l.line ->> 'listing_id'"),
        (_column("symbol"), "s.symbol"),
        (_column("quantity", "decimal", "units of the listing"), "(l.line ->> 'quantity')::numeric"),
        (_column("amount", "decimal", "debit positive, credit negative"), "(l.line ->> 'amount')::numeric"),
        (_column("currency"), "j.currency"),
    ),
    rows=f"""from journal j join portfolios p using (portfolio_id)
        cross join lateral jsonb_array_elements(j.lines) with ordinality as l (line, place)
        left join listings s on s.listing_id = (l.line ->> 'listing_id')::uuid
        where j.event_number <= %(up_to)s and {within("j.at")} and {MINE}""",
    order="j.event_number, l.place",
)

ORDERS = Source(
    name="orders",
    columns=(
        (_column("order_id"), "o.order_id::text"),
        (_column("portfolio_id"), "o.portfolio_id::text"),
        (_column("portfolio"), "p.title"),
        (_column("position_id"), "o.position_id::text"),
        (_column("listing_id"), "o.listing_id::text"),
        (_column("symbol", meaning="when it was decided"), "o.symbol"),
        (_column("client_order_id"), "o.client_order_id"),
        (_column("broker"), "o.broker"),
        (_column("account"), "o.account"),
        (_column("broker_order_id"), "o.broker_order_id"),
        (_column("status"), "o.status"),
        (_column("is_open", "boolean"), "o.is_open"),
        (_column("side"), "o.side"),
        (_column("type"), "o.type"),
        (_column("time_in_force"), "o.time_in_force"),
        (_column("quantity", "decimal"), "o.quantity"),
        (_column("limit_price", "decimal", "in the quote unit"), "o.limit_price"),
        (_column("decided_price", "decimal", "in the quote unit"), "o.decided_price"),
        (_column("quote_unit"), "s.quote_unit"),
        (_column("decided_at", "moment"), "o.decided_at"),
        (_column("trading_day", "day"), "o.trading_day"),
        (_column("changed_at", "moment", "when its latest event was stored"), "o.changed_at"),
        (_column("event_number", "integer", "its latest event"), "o.event_number"),
    ),
    rows=f"""from orders o join portfolios p using (portfolio_id) left join listings s using (listing_id)
        where {within("o.decided_at")} and {MINE}""",
    order="o.order_id",
)

EXECUTIONS = Source(
    name="executions",
    columns=(
        (_column("event_number", "integer", "the event that it was booked by"), "x.event_number"),
        (_column("order_id", meaning="null for a trade that was no order of ours"), "x.order_id::text"),
        (_column("portfolio_id"), "x.portfolio_id::text"),
        (_column("portfolio"), "p.title"),
        (_column("position_id"), "x.position_id::text"),
        (_column("listing_id"), "o.listing_id::text"),
        (_column("broker"), "x.broker"),
        (_column("account"), "x.account"),
        (_column("execution_id"), "x.execution_id"),
        (_column("revision", "integer", "the highest counts; quantity 0 takes it back"), "x.revision"),
        (_column("side"), "x.side"),
        (_column("quantity", "decimal"), "x.quantity"),
        (_column("price", "decimal", "in the quote unit"), "x.price"),
        (_column("quote_unit"), "s.quote_unit"),
        (_column("notional", "decimal", "in the currency"), "x.notional"),
        (_column("commission", "decimal", "in the currency"), "x.commission"),
        (_column("currency"), "p.currency"),
        (_column("executed_at", "moment"), "x.executed_at"),
    ),
    rows=f"""from executions x join portfolios p using (portfolio_id) join positions o using (position_id)
        left join listings s on s.listing_id = o.listing_id
        where x.event_number <= %(up_to)s and {within("x.executed_at")} and {MINE}""",
    order="x.event_number, x.broker, x.account, x.execution_id, x.revision",
)

PRICES = Source(
    name="prices",
    columns=(
        (_column("feed", meaning="live, or the replay's portfolio id"), "q.feed"),
        (_column("listing_id"), "q.listing_id::text"),
        (_column("symbol"), "s.symbol"),
        (_column("exchange"), "s.exchange"),
        (_column("currency"), "s.currency"),
        (_column("quote_unit", meaning="the unit of every price of the row"), "s.quote_unit"),
        (_column("as_of", "moment"), "q.as_of"),
        (_column("source"), "q.source"),
        (_column("is_close", "boolean"), "q.is_close"),
        (_column("last", "decimal"), "q.last"),
        (_column("bid", "decimal"), "q.bid"),
        (_column("ask", "decimal"), "q.ask"),
        (_column("open", "decimal"), "q.open"),
        (_column("high", "decimal"), "q.high"),
        (_column("low", "decimal"), "q.low"),
        (_column("quarantined", meaning="the rule that stopped it, null for a good price"), "q.quarantined"),
    ),
    rows=f"""from (select distinct feed_of(p.clock, p.portfolio_id) as feed, l.listing_id from portfolios p
            join lateral (
                select listing_id from positions where portfolio_id = p.portfolio_id
                union select listing_id from holdings where portfolio_id = p.portfolio_id
                union select listing_id from constituents where portfolio_id = p.portfolio_id) l on true
            where {MINE}) w
        join price_points q using (feed, listing_id) join listings s using (listing_id)
        where {within("q.as_of")}""",
    order="q.feed, q.listing_id, q.as_of, q.source, q.is_close",
)

SOURCES: Mapping[What, tuple[Source, ...]] = {
    "events": (EVENTS,),
    "ledger": (LEDGER,),
    "orders": (ORDERS, EXECUTIONS),
    "prices": (PRICES,),
    "statement": (STATEMENT, DISPOSALS, DIVIDENDS),
}
