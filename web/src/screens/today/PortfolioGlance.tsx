/** One portfolio: what it is worth, how that changed today, how much of it is in shares, how old its prices are. */

import type { Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { ButtonLink } from "~/parts/Button";
import { Change, Money } from "~/parts/Figures";
import { Gauge } from "~/parts/Gauge";
import { Section } from "~/parts/Section";

type Glance = Schemas["PortfolioAtAGlance"];

export function PortfolioGlance({ portfolio }: { portfolio: Glance }) {
  const { id, name, base_currency: currency } = portfolio;
  return (
    <Section
      title={name}
      act={
        <ButtonLink to="/positions" search={{ portfolio: id }}>
          Positions
        </ButtonLink>
      }
    >
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
        <span className="text-large font-semibold">
          <Money value={portfolio.value} currency={currency} />
        </span>
        <span>
          <Change value={portfolio.change} share={portfolio.change_share} currency={currency} />{" "}
          <span className="text-small text-quiet">today</span>
        </span>
        <span className="text-small text-quiet">
          {portfolio.money === "paper" ? "paper · " : ""}
          <Money value={portfolio.cash} currency={currency} /> free
        </span>
      </div>
      {portfolio.positions > 0 && <Gauge of={name} share={portfolio.asset_share} {...portfolio.guardrails} />}
      <Freshness portfolio={portfolio} />
    </Section>
  );
}

function Freshness({ portfolio }: { portfolio: Glance }) {
  if (portfolio.positions === 0) return null;
  return (
    <p className="text-small text-quiet">
      {portfolio.positions} {portfolio.positions === 1 ? "position" : "positions"}, {portfolio.near} near the
      edge
      {portfolio.newest_price && (
        <>
          {" · newest price "}
          <Ago at={portfolio.newest_price} />
        </>
      )}
      {portfolio.oldest_price && portfolio.oldest_price !== portfolio.newest_price && (
        <>
          {", oldest "}
          <Ago at={portfolio.oldest_price} />
        </>
      )}
      {portfolio.stale > 0 && <span className="text-amber"> · {portfolio.stale} too old to decide on</span>}
    </p>
  );
}
