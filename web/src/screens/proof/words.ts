/** What exports are called on the screen, and sizes of files. */

export const KINDS = {
  events: "All events, with the chain",
  ledger: "The ledger",
  orders: "Orders and executions",
  prices: "Prices",
  statement: "Yearly statement",
} as const;

export type Kind = keyof typeof KINDS;

const SIZES: [string, number][] = [
  ["GB", 1_000_000_000],
  ["MB", 1_000_000],
  ["kB", 1_000],
];

/** "1.4 MB" */
export function size(bytes: number): string {
  const [unit, length] = SIZES.find(([, each]) => bytes >= each) ?? ["bytes", 1];
  const digits = { maximumFractionDigits: length === 1 ? 0 : 1 };
  return `${(bytes / length).toLocaleString(undefined, digits)} ${unit}`;
}
