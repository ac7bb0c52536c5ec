/** What is this position doing, and why? */

import { api } from "~/api/client";
import { ButtonLink } from "~/parts/Button";
import { Tag } from "~/parts/Chips";
import { EventLines } from "~/parts/EventLine";
import { Money, Percent, Price, Quantity } from "~/parts/Figures";
import { Ago } from "~/parts/Ago";
import { Gauge } from "~/parts/Gauge";
import { ScreenHead, Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { Acts } from "./Acts";
import { ChartSection } from "./ChartSection";
import { NextAction } from "./NextAction";
import { SettingsSection } from "./SettingsSection";
import { digitsOfCard, type Card, type Span } from "./types";

interface Props {
  id: string;
  span?: Span;
  onSpan: (span: Span) => void;
}

export function Position({ id, span, onSpan }: Props) {
  const card = api.useQuery("get", "/positions/{position_id}", { params: { path: { position_id: id } } });
  return (
    <Shown of={card}>
      {(position) => (
        <div className="flex flex-col gap-8">
          <Head card={position} />
          <ChartSection id={id} symbol={position.listing.symbol} span={span} onSpan={onSpan} />
          <Standing card={position} />
          <SettingsSection key={JSON.stringify(position.settings)} card={position} />
          <Happened id={id} />
        </div>
      )}
    </Shown>
  );
}

function Head({ card }: { card: Card }) {
  return (
    <ScreenHead title={card.listing.symbol} act={<Acts card={card} />}>
      <div className="flex flex-col gap-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <Price value={card.price?.value} unit={card.listing.quote_unit} digits={digitsOfCard(card)} />
          {card.price && <Ago at={card.price.as_of} late={card.price.stale} />}
          {card.status !== "active" && <Tag tone="amber">{card.status}</Tag>}
        </p>
        <NextAction card={card} />
      </div>
    </ScreenHead>
  );
}

function Standing({ card }: { card: Card }) {
  const { currency, quote_unit: unit, symbol } = card.listing;
  const digits = digitsOfCard(card);
  const figures = [
    { name: "Shares", value: <Quantity value={card.shares} /> },
    { name: "Cash", value: <Money value={card.cash} currency={currency} /> },
    { name: "Receivable", value: <Money value={card.receivable} currency={currency} /> },
    { name: "Anchor", value: <Price value={card.anchor} unit={unit} digits={digits} /> },
    { name: "Buy below", value: <Price value={card.buy_below} unit={unit} digits={digits} /> },
    { name: "Sell above", value: <Price value={card.sell_above} unit={unit} digits={digits} /> },
    { name: "In shares", value: <Percent value={card.asset_share} /> },
    { name: "Orders today", value: `${card.orders_today} of ${card.settings.max_orders_day}` },
  ];
  return (
    <Section title="How it stands">
      <Gauge
        of={symbol}
        share={card.asset_share}
        projected={card.next_action?.projected_asset_share}
        {...card.guardrails}
      />
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-4">
        {figures.map((each) => (
          <div key={each.name}>
            <dt className="text-small text-quiet">{each.name}</dt>
            <dd>{each.value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Happened({ id }: { id: string }) {
  const events = api.useQuery("get", "/events", {
    params: { query: { position_id: id, order: "newest", limit: 20 } },
  });
  return (
    <Section
      title="What happened, and what did not"
      act={
        <ButtonLink to="/timeline" search={{ position: id, about: ["skipped"] }}>
          Why did it not trade?
        </ButtonLink>
      }
    >
      <Shown of={events}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>Every decision, order and skip of this position will stand here.</EmptyState>
          ) : (
            <EventLines events={items} />
          )
        }
      </Shown>
    </Section>
  );
}
