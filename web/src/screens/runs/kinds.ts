/** What runs of a portfolio are called on the screen. */

export const KINDS = {
  price_refresh: "Price refresh",
  reconciliation: "Comparison with the broker",
  dividends: "Settlement of corporate actions",
  weekly_review: "Weekly review",
  monthly: "Monthly allocation",
  quarterly: "Quarterly allocation",
  manual: "Allocation by hand",
} as const;

export type Kind = keyof typeof KINDS;

/** Those that end in advice. */
export const ADVISING = [
  "weekly_review",
  "monthly",
  "quarterly",
  "manual",
] as const satisfies readonly Kind[];

export function nameOf(kind: string): string {
  return kind in KINDS ? KINDS[kind as Kind] : kind.replaceAll("_", " ");
}
