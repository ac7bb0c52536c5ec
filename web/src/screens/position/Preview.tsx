/** What settings that are not saved would do: the band, the guardrails, and the decision now. */

import { useQuery } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { digitsOf, unbroken } from "~/numbers/format";
import { Price } from "~/parts/Figures";
import { Gauge } from "~/parts/Gauge";
import { ProblemNote } from "~/parts/Told";
import { useAtRest } from "~/parts/atRest";
import type { Card, Change } from "./types";

export function Preview({ card, change }: { card: Card; change: Change }) {
  const wanted = useAtRest(change);
  const preview = useQuery<Schemas["SettingsPreview"]>({
    queryKey: ["preview", card.id, card.price?.value, card.anchor, wanted],
    queryFn: async ({ signal }) => {
      const { data, error } = await client.POST("/positions/{position_id}/preview", {
        params: { path: { position_id: card.id } },
        body: { settings: wanted },
        signal,
      });
      if (data === undefined) throw error;
      return data;
    },
    placeholderData: (before) => before,
    retry: false,
  });
  if (preview.error !== null) return <ProblemNote error={preview.error} />;
  if (preview.data === undefined) return null;
  const { buy_below, sell_above, guardrails, evaluation } = preview.data;
  const unit = card.listing.quote_unit;
  const digits = digitsOf([buy_below, sell_above]);
  return (
    <div
      aria-live="polite"
      className={`flex flex-col gap-2 rounded border border-dashed border-accent p-4 ${preview.isPlaceholderData ? "opacity-50" : ""}`}
    >
      <p>
        With these it would buy below <Price value={buy_below} unit={unit} digits={digits} /> and sell above{" "}
        <Price value={sell_above} unit={unit} digits={digits} />.
      </p>
      <Gauge
        of={card.listing.symbol}
        share={card.asset_share}
        projected={evaluation.projected_asset_share}
        {...guardrails}
      />
      <p>
        <span className="text-quiet">Now: </span>
        {unbroken(evaluation.sentence)}
      </p>
    </div>
  );
}
