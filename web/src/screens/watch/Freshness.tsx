/** How old each listing's price is, whether its exchange trades, and who said it. */

import type { Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { Price } from "~/parts/Figures";
import { Section } from "~/parts/Section";
import { EmptyState, Shown, type Query } from "~/parts/Told";
import { VirtualList } from "~/parts/VirtualList";

type Listing = Schemas["Freshness"];

export function Freshness({ of }: { of: Query<Schemas["Freshnesses"]> }) {
  return (
    <Section title="Freshness">
      <Shown of={of}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>
              No listing is watched. Open a position, or add a constituent to a portfolio: the age of each
              price stands here then.
            </EmptyState>
          ) : (
            <VirtualList label="Freshness of each listing" items={items} keyOf={(each) => each.listing_id}>
              {(each) => <Line listing={each} />}
            </VirtualList>
          )
        }
      </Shown>
    </Section>
  );
}

function Line({ listing }: { listing: Listing }) {
  const { standing } = listing;
  return (
    <div className="grid min-h-10 grid-cols-2 items-baseline gap-x-4 border-b border-line py-2 sm:grid-cols-[9rem_9rem_7rem_1fr]">
      <span>
        <span className="font-semibold">{listing.symbol}</span>{" "}
        <span className="text-small text-quiet">{listing.exchange}</span>
      </span>
      <span className="text-right">
        <Price value={listing.price} unit={listing.quote_unit} />
      </span>
      <span>
        {listing.as_of ? (
          <Ago at={listing.as_of} late={standing !== "fresh"} />
        ) : (
          <Tag tone="amber">no price</Tag>
        )}
      </span>
      <span className="text-right text-small text-quiet sm:text-left">
        {listing.session === "unknown" ? "no calendar" : listing.session}
        {listing.source && ` · from ${listing.source}`}
      </span>
      {standing !== "fresh" && (
        <span className="col-span-full text-small text-amber">{listing.sentence}</span>
      )}
    </div>
  );
}
