/** How far each sleeve is from its target, now and after all that is advised. */

import type { Schemas } from "~/api/client";
import { percent, pixels, points } from "~/numbers/format";
import { Tag } from "~/parts/Chips";
import { inWords } from "./words";

type Sleeve = Schemas["SleeveWeight"];

export function SleeveBars({ sleeves }: { sleeves: Sleeve[] }) {
  const most = Math.max(...sleeves.flatMap((each) => [each.before, each.after, each.target].map(pixels)));
  return (
    <figure className="flex flex-col gap-3">
      <figcaption className="flex flex-wrap gap-x-4 text-small text-quiet" aria-hidden="true">
        <Key look="h-2 w-4 bg-quiet opacity-50">now</Key>
        <Key look="h-2 w-4 bg-accent">after</Key>
        <Key look="h-3 w-0.5 bg-ink">target</Key>
        <span>drift in percentage points</span>
      </figcaption>
      <ul className="flex flex-col gap-3">
        {sleeves.map((each) => (
          <Row key={each.sleeve} sleeve={each} most={most} />
        ))}
      </ul>
    </figure>
  );
}

function Row({ sleeve, most }: { sleeve: Sleeve; most: number }) {
  const width = (share: string) => `${(pixels(share) / most) * 100}%`;
  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 sm:grid-cols-[9rem_1fr_9rem]">
      <span className="flex flex-wrap items-baseline gap-x-2">
        {inWords(sleeve.sleeve)}
        {sleeve.actionable && <Tag tone="amber">strayed</Tag>}
      </span>
      <div className="relative order-last col-span-2 py-1 sm:order-none sm:col-span-1" aria-hidden="true">
        <div className="mb-0.5 h-2 bg-quiet opacity-50" style={{ width: width(sleeve.before) }} />
        <div className="h-2 bg-accent" style={{ width: width(sleeve.after) }} />
        <div
          className="absolute inset-y-0 w-0.5 bg-ink"
          style={{ left: `calc(${width(sleeve.target)} - 1px)` }}
        />
      </div>
      <span className="text-right whitespace-nowrap" aria-hidden="true">
        <span className="text-quiet">{points(sleeve.drift)} →</span> {points(sleeve.drift_after)}{" "}
        <span className="text-small text-quiet">pp</span>
      </span>
      <span className="sr-only">
        {`Target ${percent(sleeve.target)}; now ${percent(sleeve.before)}, ${points(sleeve.drift)} points; ` +
          `after ${percent(sleeve.after)}, ${points(sleeve.drift_after)} points.`}
      </span>
    </li>
  );
}

function Key({ look, children }: { look: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <span className={look} /> {children}
    </span>
  );
}
