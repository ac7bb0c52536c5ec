/** What is this position doing, and why? */

import { api } from "~/api/client";
import { EventLine } from "~/parts/EventLine";
import { Price } from "~/parts/Figures";
import { Gauge } from "~/parts/Gauge";
import { ScreenHead, Section } from "~/parts/Section";
import { Shown } from "~/parts/Told";

export function Position({ id }: { id: string }) {
  const card = api.useQuery("get", "/positions/{position_id}", { params: { path: { position_id: id } } });
  const events = api.useQuery("get", "/events", {
    params: { query: { position_id: id, order: "newest", limit: 20 } },
  });
  return (
    <>
      <Shown of={card}>
        {(position) => (
          <div className="flex flex-col gap-4">
            <ScreenHead title={position.listing.symbol}>
              <Price value={position.price?.value} unit={position.listing.quote_unit} />
            </ScreenHead>
            <Gauge of={position.listing.symbol} share={position.asset_share} {...position.guardrails} />
          </div>
        )}
      </Shown>
      <Section title="What happened">
        <Shown of={events}>
          {({ items }) => (
            <ol>
              {items.map((each) => (
                <li key={each.number}>
                  <EventLine event={each} />
                </li>
              ))}
            </ol>
          )}
        </Shown>
      </Section>
    </>
  );
}
