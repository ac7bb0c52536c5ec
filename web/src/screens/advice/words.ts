/** What the states of advice are called on the screen. */

import type { Schemas } from "~/api/client";

export type Recommendation = Schemas["Recommendation"];
export type AdviceLine = Schemas["AdviceLine"];
type Tone = "quiet" | "amber" | "vermilion" | "accent";

const STATES: Record<string, [string, Tone]> = {
  proposed: ["proposed", "accent"],
  approved: ["approved", "accent"],
  executed_partial: ["executed in part", "accent"],
  executed_full: ["executed", "quiet"],
  ignored: ["ignored", "quiet"],
  superseded: ["superseded", "quiet"],
  reversed: ["reversed", "quiet"],
};

const OPEN = ["proposed", "approved", "executed_partial"];

export function stateOf(advice: Recommendation): { words: string; tone: Tone } {
  const [words, tone] = STATES[advice.status] ?? [advice.status, "quiet"];
  return { words, tone };
}

export function isOpen(advice: Recommendation): boolean {
  return OPEN.includes(advice.status);
}

/** A stored name as words: `most_underweight`. */
export function inWords(name: string): string {
  return name.replaceAll("_", " ");
}
