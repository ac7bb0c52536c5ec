import type { Schemas } from "~/api/client";
import { digitsOf } from "~/numbers/format";

export type Card = Schemas["PositionCard"];
export type Span = Schemas["PositionChart"]["span"];
export type Evaluation = Schemas["Evaluation"];
export type Change = Schemas["SettingsChange"];

export const SPANS: readonly Span[] = ["hour", "day", "week", "month", "year"];

/** The decimals with which every price of a position is written. */
export function digitsOfCard({ price, anchor, buy_below, sell_above }: Card): number {
  return digitsOf([price?.value, anchor, buy_below, sell_above]);
}
