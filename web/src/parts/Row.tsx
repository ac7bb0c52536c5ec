/** A row of a list: what it is about on the left, what can be done about it on the right, beneath on a phone. */

import type { ReactNode } from "react";

type Edge = "plain" | "accent" | "amber" | "vermilion";

const EDGES: Record<Edge, string> = {
  plain: "border-line",
  accent: "border-accent",
  amber: "border-amber",
  vermilion: "border-vermilion",
};

export function Row({
  edge = "plain",
  act,
  children,
}: {
  edge?: Edge;
  act?: ReactNode;
  children: ReactNode;
}) {
  return (
    <li
      className={`flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-l-4 bg-raised py-2 pr-2 pl-3 ${EDGES[edge]}`}
    >
      <div className="flex max-w-prose min-w-0 flex-col">{children}</div>
      {act && <div className="flex flex-wrap gap-2">{act}</div>}
    </li>
  );
}

export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {children}
    </ul>
  );
}

/** What stands under a row's first line, smaller. */
export function Beneath({ children }: { children: ReactNode }) {
  return <p className="text-small text-quiet">{children}</p>;
}
