/** What a portfolio holds, and its cash. */

import { api, type Schemas } from "~/api/client";
import { Money, Price, Quantity } from "~/parts/Figures";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { VirtualTable, type Drawn } from "~/parts/VirtualTable";
import type { Portfolio } from "~/shell/portfolio";

const UNVALUED = {
  no_price: "no price yet",
  fx_missing: "no exchange rate",
  stale_fx: "exchange rate too old",
};

export function Balances({ portfolio }: { portfolio: Portfolio }) {
  const path = { portfolio_id: portfolio.id };
  const cash = api.useQuery("get", "/portfolios/{portfolio_id}/cash", { params: { path } });
  const holdings = api.useQuery("get", "/portfolios/{portfolio_id}/holdings", { params: { path } });
  return (
    <>
      <Section title="Cash">
        <Shown of={cash} rows={1}>
          {(each) => (
            <dl className="flex flex-wrap gap-x-10 gap-y-2">
              <Amount name="free" value={each.portfolio} currency={each.currency} />
              <Amount name="in positions" value={each.positions} currency={each.currency} />
              <Amount name="receivable" value={each.receivable} currency={each.currency} />
            </dl>
          )}
        </Shown>
      </Section>
      <Section title="Holdings">
        <Shown of={holdings}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState>
                Nothing is held. What you own will stand here with its cost and value: import your broker's
                file below, post it by hand, or let a position buy it.
              </EmptyState>
            ) : (
              <Holdings all={items} currency={portfolio.base_currency} />
            )
          }
        </Shown>
      </Section>
    </>
  );
}

function Amount({ name, value, currency }: { name: string; value: string; currency: string }) {
  return (
    <div className="flex flex-col">
      <dt className="text-small text-quiet">{name}</dt>
      <dd className="font-semibold">
        <Money value={value} currency={currency} />
      </dd>
    </div>
  );
}

function Holdings({ all, currency }: { all: Schemas["Holding"][]; currency: string }) {
  return (
    <VirtualTable head={<Headings />} items={all} keyOf={(each) => each.listing_id}>
      {(each, drawn, key) => <HoldingRow key={key} holding={each} currency={currency} drawn={drawn} />}
    </VirtualTable>
  );
}

function Headings() {
  return (
    <tr className="border-b border-line">
      <th className="py-2 text-left font-normal">Listing</th>
      <th className="py-2 text-right font-normal">Quantity</th>
      <th className="py-2 text-right font-normal">Price</th>
      <th className="py-2 text-right font-normal">Cost</th>
      <th className="py-2 text-right font-normal">Value</th>
    </tr>
  );
}

interface RowProps {
  holding: Schemas["Holding"];
  currency: string;
  drawn: Drawn;
}

function HoldingRow({ holding: each, currency, drawn }: RowProps) {
  return (
    <tr
      {...drawn}
      className="min-h-10 border-b border-line max-sm:grid max-sm:grid-cols-2 max-sm:py-2 sm:h-10"
    >
      <th scope="row" className="text-left font-semibold">
        {each.symbol}
      </th>
      <td className="text-right">
        <Quantity value={each.quantity} /> <Small>units</Small>
      </td>
      <td className="sm:text-right">
        <Price value={each.price} unit={each.quote_unit} />
      </td>
      <td className="text-right">
        <Small>cost</Small> <Money value={each.book_cost} currency={currency} />
      </td>
      <td className="max-sm:col-span-2 sm:text-right">
        <Small>value</Small>{" "}
        {each.value === null ? (
          <span className="text-small text-amber">
            {each.no_value_because && UNVALUED[each.no_value_because]}
          </span>
        ) : (
          <Money value={each.value} currency={each.value_currency} />
        )}
      </td>
    </tr>
  );
}

/** The heading of a cell, where there is no room for a row of headings. */
function Small({ children }: { children: string }) {
  return (
    <span className="text-small text-quiet sm:hidden" aria-hidden="true">
      {children}
    </span>
  );
}
