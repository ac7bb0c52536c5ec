/** Numbers on the screen: each takes decimal text as it came, and null where nobody can say. */

import { money, number, percent, price, signOf } from "~/numbers/format";

const UNKNOWN = "–";

interface Figure {
  value: string | null | undefined;
}

export function Money({ value, currency }: Figure & { currency: string }) {
  return <span className="tabular-nums">{value == null ? UNKNOWN : money(value, currency)}</span>;
}

export function Quantity({ value }: Figure) {
  return <span className="tabular-nums">{value == null ? UNKNOWN : number(value, 8)}</span>;
}

export function Price({ value, unit, digits }: Figure & { unit?: string; digits?: number }) {
  if (value == null) return <span>{UNKNOWN}</span>;
  return (
    <span className="whitespace-nowrap tabular-nums" title={value}>
      {price(value, digits)}
      {unit && <Unit>{unit}</Unit>}
    </span>
  );
}

export function Percent({ value, digits = 1 }: Figure & { digits?: number }) {
  return <span className="tabular-nums">{value == null ? UNKNOWN : percent(value, digits)}</span>;
}

const SHAPES = { "-1": "▼", "0": "", "1": "▲" } as const;
const COLOURS = { "-1": "text-loss", "0": "text-quiet", "1": "text-gain" } as const;

/** Gain or loss: by sign and shape first, by colour second. */
export function Change({ value, currency, share }: Figure & { currency: string; share?: string | null }) {
  if (value == null) return <span className="text-quiet">{UNKNOWN}</span>;
  const sign = `${signOf(value)}` as const;
  return (
    <span className={`tabular-nums ${COLOURS[sign]}`}>
      {SHAPES[sign] && <span aria-hidden="true">{SHAPES[sign]} </span>}
      {money(value, currency, true)}
      {share != null && <span> ({percent(share, 2, true)})</span>}
    </span>
  );
}

export function Unit({ children }: { children: string }) {
  return <span className="text-small text-quiet"> {children}</span>;
}
