/** The settings as a form shows them: what each is called, how it is written, and what it does. */

import { asPercentage, fromPercentage, number, written } from "~/numbers/format";
import type { Card, Change } from "./types";

type Name = keyof Change;

export interface Field {
  name: Name;
  label: string;
  hint: string;
  kind: "percentage" | "decimal" | "count" | "switch" | readonly string[];
}

/** What is changed most stands first; the rest is folded away. */
export const FIRST: readonly Field[] = [
  {
    name: "tau",
    label: "Band width, %",
    hint: "How far the price moves from the anchor before it trades.",
    kind: "percentage",
  },
  { name: "g_low", label: "Least in shares, %", hint: "Never sells below this.", kind: "percentage" },
  { name: "g_high", label: "Most in shares, %", hint: "Never buys above this.", kind: "percentage" },
  { name: "r", label: "Size factor", hint: "How strongly it answers a move.", kind: "decimal" },
  { name: "min_notional", label: "Smallest trade", hint: "Anything smaller is skipped.", kind: "decimal" },
  { name: "max_orders_day", label: "Orders a day", hint: "Further ones are skipped.", kind: "count" },
];

export const FURTHER: readonly Field[] = [
  {
    name: "sizing",
    label: "Sizing",
    hint: "How the size follows from the move.",
    kind: ["anchor_ratio", "proportional", "fixed_fraction"],
  },
  {
    name: "cadence",
    label: "Decides on",
    hint: "Every tick, each minute, or closes.",
    kind: ["tick", "minute", "close"],
  },
  { name: "order_type", label: "Order type", hint: "", kind: ["market", "limit"] },
  { name: "commission_bps", label: "Commission, bps", hint: "Counted in before buying.", kind: "decimal" },
  {
    name: "drift_bps",
    label: "Drift, bps",
    hint: "Decided anew when the price has moved further by then.",
    kind: "decimal",
  },
  { name: "withholding", label: "Tax withheld, %", hint: "Of dividends.", kind: "percentage" },
  {
    name: "max_daily_loss_pct",
    label: "Daily loss brake, %",
    hint: "Empty is off. Freezes the portfolio.",
    kind: "decimal",
  },
  { name: "after_hours", label: "Trades after hours", hint: "", kind: "switch" },
  { name: "fractional", label: "Fractions of shares", hint: "", kind: "switch" },
  { name: "rebalance_on_breach", label: "Rebalances outside the guardrails", hint: "", kind: "switch" },
];

/** Starting points, not advice: a rule that seldom acts, the defaults, a rule that acts often. */
export const PRESETS: readonly { name: string; change: Change }[] = [
  { name: "Seldom", change: { tau: "0.06", r: "0.5", max_orders_day: 2, g_low: "0.25", g_high: "0.75" } },
  { name: "Standard", change: { tau: "0.03", r: "0.5", max_orders_day: 5, g_low: "0.25", g_high: "0.75" } },
  { name: "Often", change: { tau: "0.015", r: "0.5", max_orders_day: 10, g_low: "0.25", g_high: "0.75" } },
];

/** What is in force, as text for a field. */
export function shown(field: Field, settings: Card["settings"]): string {
  const value = settings[field.name as keyof Card["settings"]] as string | number | boolean | null;
  if (value === null) return "";
  if (field.kind === "percentage") return asPercentage(String(value));
  if (field.kind === "decimal") return number(String(value));
  return String(value);
}

/** What a person wrote, as the API takes it; undefined when it cannot be read. */
export function read(field: Field, text: string): Change[Name] | undefined {
  switch (field.kind) {
    case "percentage":
      return fromPercentage(text) ?? undefined;
    case "decimal":
      if (field.name === "max_daily_loss_pct" && text.trim() === "") return null;
      return written(text) ?? undefined;
    case "count":
      return /^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined;
    case "switch":
      return text === "true";
    default:
      return text as Change[Name];
  }
}
