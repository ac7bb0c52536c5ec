/** The guardrail gauge: how much is in shares, between the two shares that the rule never crosses. */

import { percent, pixels } from "~/numbers/format";

interface Props {
  low: string;
  high: string;
  share: string | null;
  /** What is weighed, for who reads by ear: "First steps on paper". */
  of: string;
  /** Where a decision would bring it. */
  projected?: string | null;
}

export function Gauge({ low, high, share, of, projected }: Props) {
  const [from, to] = [pixels(low) * 100, pixels(high) * 100];
  const at = share === null ? null : clamp(pixels(share) * 100);
  const then = projected ? clamp(pixels(projected) * 100) : null;
  const outside = at !== null && (at < from || at > to);
  return (
    <figure className="flex flex-col gap-1">
      <svg
        viewBox="0 0 100 10"
        preserveAspectRatio="none"
        className="h-5 w-full overflow-visible"
        role="img"
        aria-label={`${of}: ${share === null ? "nobody can say how much" : percent(share)} in shares, guardrails ${percent(low, 0)} and ${percent(high, 0)}`}
      >
        <rect x="0" y="3" width="100" height="4" className="fill-line" />
        <rect x={from} y="3" width={to - from} height="4" className="fill-wash" />
        <rect
          x="0"
          y="3"
          width={at ?? 0}
          height="4"
          className={outside ? "fill-amber" : "fill-accent"}
          opacity="0.55"
        />
        {[from, to].map((edge) => (
          <line
            key={edge}
            x1={edge}
            x2={edge}
            y1="0"
            y2="10"
            className="stroke-ink"
            vectorEffect="non-scaling-stroke"
            strokeWidth="2"
          />
        ))}
        {then !== null && (
          <line
            x1={then}
            x2={then}
            y1="0"
            y2="10"
            className="stroke-accent"
            vectorEffect="non-scaling-stroke"
            strokeWidth="2"
            strokeDasharray="3 2"
          />
        )}
        {at !== null && (
          <line
            x1={at}
            x2={at}
            y1="-1"
            y2="11"
            className={outside ? "stroke-amber" : "stroke-accent"}
            vectorEffect="non-scaling-stroke"
            strokeWidth="4"
          />
        )}
      </svg>
      <figcaption className="relative flex h-10 flex-col text-small text-quiet" aria-hidden="true">
        <span className="absolute -translate-x-1/2" style={{ left: `${from}%` }}>
          {percent(low, 0)}
        </span>
        <span className="absolute -translate-x-1/2" style={{ left: `${to}%` }}>
          {percent(high, 0)}
        </span>
        <span className={`mt-5 flex justify-between gap-3 ${outside ? "text-amber" : "text-ink"}`}>
          <span>{share === null ? "share unknown" : `${percent(share)} in shares`}</span>
          {projected && <span className="text-quiet">then {percent(projected)}</span>}
        </span>
      </figcaption>
    </figure>
  );
}

function clamp(part: number): number {
  return Math.min(100, Math.max(0, part));
}
