"""The statement of a year or any range: what was gained, received, withheld and paid, per portfolio and currency.

Everything is read from the journal, so it rests on DOMAIN §6: a holding has one average cost, and a sale takes its
share of the book cost with it. What was corrected or reversed counts on the day it was corrected; nothing is edited.
"""

from domain.exports.columns import Column
from projections.exports.source import MINE, Source, within

LINES = (
    """jsonb_to_recordset(j.lines) as l (account text, listing_id uuid, quantity numeric, amount numeric)"""
)

IN_ORDER = """rows from (jsonb_to_recordset(j.lines) as (
    account text, listing_id uuid, quantity numeric, amount numeric)) with ordinality
    as l (account, listing_id, quantity, amount, place)"""
"""What an entry is about comes first: of a merger the units that it took."""

STATEMENT = Source(
    name="statement",
    columns=(
        (Column("portfolio_id", "text"), "b.portfolio_id::text"),
        (Column("portfolio", "text"), "b.title"),
        (Column("currency", "text"), "b.currency"),
        (
            Column("from", "moment", "the first moment that counts, null for the beginning"),
            "%(since)s::timestamptz",
        ),
        (Column("to", "moment", "the first that does not, null for none"), "%(until)s::timestamptz"),
        (Column("realised_gain", "decimal", "proceeds less average cost, before fees"), "b.realised_gain"),
        (Column("dividends", "decimal", "gross, on the ex-date"), "b.dividends"),
        (Column("tax_withheld", "decimal", "of dividends and interest"), "b.tax_withheld"),
        (Column("interest", "decimal"), "b.interest"),
        (Column("fees", "decimal", "commissions among them"), "b.fees"),
        (
            Column("contributions", "decimal", "paid in less paid out, units in kind at their cost"),
            "b.contributions",
        ),
        (Column("entries", "integer", "of the journal"), "b.entries"),
    ),
    rows=f"""from (
        select p.portfolio_id, p.title, j.currency, count(distinct j.event_number) as entries,
            coalesce(-sum(l.amount) filter (where l.account = 'realised_gain'), 0) as realised_gain,
            coalesce(-sum(l.amount) filter (where l.account = 'dividend_income'), 0) as dividends,
            coalesce(sum(l.amount) filter (where l.account = 'withholding_tax'), 0) as tax_withheld,
            coalesce(-sum(l.amount) filter (where l.account = 'interest_income'), 0) as interest,
            coalesce(sum(l.amount) filter (where l.account = 'commission'), 0) as fees,
            coalesce(-sum(l.amount) filter (where l.account = 'contributions'), 0) as contributions
        from journal j join portfolios p using (portfolio_id) cross join lateral {LINES}
        where j.event_number <= %(up_to)s and {within("j.at")} and {MINE}
        group by p.portfolio_id, p.title, j.currency) b""",
    order="b.portfolio_id, b.currency",
)

DISPOSALS = Source(
    name="disposals",
    columns=(
        (Column("event_number", "integer"), "d.event_number"),
        (Column("entry_id", "text"), "d.id::text"),
        (Column("portfolio_id", "text"), "d.portfolio_id::text"),
        (Column("portfolio", "text"), "d.title"),
        (Column("at", "moment"), "d.at"),
        (Column("kind", "text"), "d.kind"),
        (Column("reference", "text"), "d.reference"),
        (Column("listing_id", "text"), "d.listing_id::text"),
        (Column("symbol", "text"), "s.symbol"),
        (
            Column("quantity", "decimal", "units that went; null for what a split or merger paid out"),
            "d.quantity",
        ),
        (Column("proceeds", "decimal", "before fees"), "d.book_cost + d.gain"),
        (Column("book_cost", "decimal", "their share of the average cost"), "d.book_cost"),
        (Column("gain", "decimal", "proceeds less book cost"), "d.gain"),
        (Column("fee", "decimal", "of the same entry, not in the gain"), "d.fee"),
        (Column("currency", "text"), "d.currency"),
    ),
    rows=f"""from (
        select j.event_number, j.id, p.portfolio_id, p.title, j.at, j.kind, j.reference, j.currency, moved.*,
            case when not coalesce(o.of_action, j.of_action) then moved.units end as quantity
        from journal j join portfolios p using (portfolio_id)
        left join journal o on o.portfolio_id = j.portfolio_id
            and o.id = case when j.kind = 'reversal' then j.reference::uuid end
        cross join lateral (
            select (array_agg(l.listing_id order by l.place) filter (where l.account = 'holding'))[1] as listing_id,
                -sum(l.quantity) filter (where l.account = 'holding') as units,
                coalesce(-sum(l.amount) filter (where l.account = 'holding'), 0) as book_cost,
                coalesce(-sum(l.amount) filter (where l.account = 'realised_gain'), 0) as gain,
                coalesce(sum(l.amount) filter (where l.account = 'commission'), 0) as fee,
                bool_or(l.account = 'realised_gain') as gains
            from {IN_ORDER}) moved
        where j.event_number <= %(up_to)s and {within("j.at")} and {MINE} and (moved.gains or j.kind = 'sell')
        ) d left join listings s using (listing_id)""",
    order="d.event_number",
)

DIVIDENDS = Source(
    name="dividends",
    columns=(
        (Column("event_number", "integer"), "d.event_number"),
        (Column("entry_id", "text"), "d.id::text"),
        (Column("portfolio_id", "text"), "d.portfolio_id::text"),
        (Column("portfolio", "text"), "d.title"),
        (Column("at", "moment", "the ex-date's open; when it was paid for one posted by hand"), "d.at"),
        (Column("kind", "text"), "d.kind"),
        (Column("reference", "text"), "d.reference"),
        (Column("listing_id", "text"), "t.listing_id::text"),
        (Column("symbol", "text"), "s.symbol"),
        (Column("gross", "decimal"), "d.gross"),
        (Column("tax_withheld", "decimal"), "d.tax"),
        (Column("net", "decimal"), "d.gross - d.tax"),
        (Column("currency", "text"), "d.currency"),
    ),
    rows=f"""from (
        select j.event_number, j.id, p.portfolio_id, p.title, j.at, j.kind, j.reference, j.currency, paid.*
        from journal j join portfolios p using (portfolio_id) cross join lateral (
            select -sum(l.amount) filter (where l.account = 'dividend_income') as gross,
                coalesce(sum(l.amount) filter (where l.account = 'withholding_tax'), 0) as tax
            from {LINES}) paid
        where j.event_number <= %(up_to)s and {within("j.at")} and {MINE} and paid.gross is not null
        ) d left join timeline t using (event_number) left join listings s on s.listing_id = t.listing_id""",
    order="d.event_number",
)
