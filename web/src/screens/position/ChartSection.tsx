/** The band chart with its spans; the library that draws it is fetched only here. */

import { lazy, Suspense } from "react";
import { api } from "~/api/client";
import { Section } from "~/parts/Section";
import { Awaited, EmptyState, Shown } from "~/parts/Told";
import { SPANS, type Span } from "./types";

const BandChart = lazy(() => import("~/parts/BandChart"));

interface Props {
  id: string;
  symbol: string;
  span?: Span;
  onSpan: (span: Span) => void;
}

export function ChartSection({ id, symbol, span, onSpan }: Props) {
  const chart = api.useQuery(
    "get",
    "/positions/{position_id}/chart",
    { params: { path: { position_id: id }, query: { span } } },
    {
      refetchInterval: 15_000,
      placeholderData: (before) => (before?.position_id === id ? before : undefined),
    },
  );
  return (
    <Section title="Price and band" act={<Spans chosen={span ?? chart.data?.span} onSpan={onSpan} />}>
      <Shown of={chart} rows={6}>
        {(data) =>
          data.prices.length === 0 ? (
            <EmptyState>No price came in this time. The chart begins with the first one.</EmptyState>
          ) : (
            <Suspense fallback={<Awaited rows={6} />}>
              <BandChart chart={data} symbol={symbol} />
            </Suspense>
          )
        }
      </Shown>
    </Section>
  );
}

function Spans({ chosen, onSpan }: { chosen: Span | undefined; onSpan: (span: Span) => void }) {
  return (
    <div role="group" aria-label="Span" className="flex">
      {SPANS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === chosen}
          onClick={() => {
            onSpan(each);
          }}
          className={`min-h-8 cursor-pointer rounded px-2 text-small ${each === chosen ? "bg-wash font-semibold text-accent" : "text-quiet hover:text-ink"}`}
        >
          {each}
        </button>
      ))}
    </div>
  );
}
