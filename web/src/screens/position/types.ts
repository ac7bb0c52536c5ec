import type { Schemas } from "~/api/client";

export type Card = Schemas["PositionCard"];
export type Span = Schemas["PositionChart"]["span"];
export type Evaluation = Schemas["Evaluation"];
export type Change = Schemas["SettingsChange"];

export const SPANS: readonly Span[] = ["hour", "day", "week", "month", "year"];
