/** Ask what the rule would do at another price. Nothing is stored and nothing is ordered. */

import { useState } from "react";
import { DecimalField } from "~/parts/Field";
import { Gauge } from "~/parts/Gauge";
import { ProblemNote } from "~/parts/Told";
import { price as asPrice, unbroken, written } from "~/numbers/format";
import { useAtRest } from "~/parts/atRest";
import { useDryRun } from "./NextAction";
import type { Card } from "./types";

export function WhatIf({ card }: { card: Card }) {
  const [text, setText] = useState(asPrice(card.buy_below));
  const price = written(text);
  const dry = useDryRun(card, useAtRest(price) ?? undefined);
  return (
    <div className="flex flex-col gap-4">
      <DecimalField
        label={`Price in ${card.listing.quote_unit}`}
        value={text}
        autoFocus
        error={price === null ? "This is no price." : undefined}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      {dry.error !== null && <ProblemNote error={dry.error} />}
      {dry.data && price !== null && (
        <div className={dry.isPlaceholderData ? "opacity-50" : ""} aria-live="polite">
          <p className="mb-3">{unbroken(dry.data.sentence)}</p>
          <Gauge
            of={card.listing.symbol}
            share={card.asset_share}
            projected={dry.data.projected_asset_share}
            {...card.guardrails}
          />
        </div>
      )}
    </div>
  );
}
