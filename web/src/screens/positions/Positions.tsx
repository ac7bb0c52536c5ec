/** What is each position doing? */

import { Link } from "@tanstack/react-router";
import { api } from "~/api/client";
import { Price, Quantity } from "~/parts/Figures";
import { Gauge } from "~/parts/Gauge";
import { ScreenHead } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { usePortfolio } from "~/shell/portfolio";

export function Positions() {
  const portfolio = usePortfolio();
  const cards = api.useQuery(
    "get",
    "/positions",
    { params: { query: { portfolio_id: portfolio?.id ?? null, limit: 1000 } } },
    { enabled: portfolio !== undefined },
  );
  return (
    <>
      <ScreenHead title="Positions">What each is doing, and what it would do next.</ScreenHead>
      <Shown of={cards}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>No position is open in this portfolio. Each will have its card here.</EmptyState>
          ) : (
            <ul className="grid gap-6 lg:grid-cols-2">
              {items.map((each) => (
                <li key={each.id} className="flex flex-col gap-2 rounded border border-line bg-raised p-4">
                  <h2>
                    <Link
                      className="text-accent underline"
                      to="/positions/$positionId"
                      params={{ positionId: each.id }}
                    >
                      {each.listing.symbol}
                    </Link>
                  </h2>
                  <p>
                    <Price value={each.price?.value} unit={each.listing.quote_unit} /> ·{" "}
                    <Quantity value={each.shares} /> shares
                  </p>
                  <Gauge of={each.listing.symbol} share={each.asset_share} {...each.guardrails} />
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </>
  );
}
