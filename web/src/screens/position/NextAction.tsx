/** What the rule would do now, in its own words: decided without keeping anything. */

import { useQuery } from "@tanstack/react-query";
import { client } from "~/api/client";
import { unbroken } from "~/numbers/format";
import type { Card, Evaluation } from "./types";

const TONES = { trade: "text-accent", skip: "text-amber", hold: "" };

/** A dry run on a price, or on the latest one. It answers for as long as price, anchor and settings are what they are. */
export function useDryRun(card: Card, price?: string) {
  const { id, price: latest, anchor, settings, status, open_order: order } = card;
  return useQuery<Evaluation>({
    queryKey: ["dry run", id, price ?? latest?.value, anchor, settings, status, order?.id],
    queryFn: async ({ signal }) => {
      const { data, error } = await client.POST("/positions/{position_id}/evaluate", {
        params: { path: { position_id: id }, query: { dry_run: true } },
        body: price === undefined ? {} : { price },
        signal,
      });
      if (data === undefined) throw error;
      return data;
    },
    placeholderData: (before) => before,
  });
}

export function NextAction({ card }: { card: Card }) {
  const dry = useDryRun(card);
  if (dry.data === undefined) return <p className="min-h-6 text-quiet">&nbsp;</p>;
  const { outcome, sentence } = dry.data;
  return (
    <p className={`${TONES[outcome]} ${dry.isPlaceholderData ? "opacity-50" : ""}`}>
      <span className="text-quiet">If it decided now: </span>
      {unbroken(sentence)}
    </p>
  );
}
