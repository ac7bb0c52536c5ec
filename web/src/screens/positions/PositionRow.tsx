/** One position as a card: price and its age, anchor and band, gauge, and the next action in its own words. */

import { Link } from "@tanstack/react-router";
import type { Schemas } from "~/api/client";
import { unbroken } from "~/numbers/format";
import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { Money, Price, Quantity } from "~/parts/Figures";
import { Gauge } from "~/parts/Gauge";
import { digitsOfCard } from "~/screens/position/types";

const TONES = { trade: "text-accent", skip: "text-amber", hold: "text-ink" };

export function PositionRow({ card }: { card: Schemas["PositionCard"] }) {
  const { listing, price, next_action: next } = card;
  const digits = digitsOfCard(card);
  return (
    <article className="mb-3 grid gap-x-8 gap-y-2 rounded border border-line bg-raised p-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h2>
            <Link
              to="/positions/$positionId"
              params={{ positionId: card.id }}
              className="text-accent underline"
            >
              {listing.symbol}
            </Link>
          </h2>
          <span>
            <Price value={price?.value} unit={listing.quote_unit} digits={digits} />
          </span>
          <span className="text-small">{price && <Ago at={price.as_of} late={price.stale} />}</span>
          {card.status === "paused" && <Tag tone="amber">paused</Tag>}
          {card.open_order && <Tag tone="accent">{`order ${card.open_order.status}`}</Tag>}
        </div>
        <p className="text-small text-quiet">
          <Quantity value={card.shares} /> shares, <Money value={card.cash} currency={listing.currency} />{" "}
          cash · anchor <Price value={card.anchor} digits={digits} /> · buys below{" "}
          <Price value={card.buy_below} digits={digits} />, sells above{" "}
          <Price value={card.sell_above} digits={digits} />
        </p>
        {card.sentence && <p className={TONES[next?.outcome ?? "hold"]}>{unbroken(card.sentence)}</p>}
      </div>
      <Gauge
        of={listing.symbol}
        share={card.asset_share}
        projected={next?.projected_asset_share}
        {...card.guardrails}
      />
    </article>
  );
}
