/** What the states of advice and of runs are called on the screen. */

import type { Schemas } from "~/api/client";

export type Recommendation = Schemas["Recommendation"];
export type AdviceLine = Schemas["AdviceLine"];
export type Run = Schemas["Run"];
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

const RUN_STATES: Record<Run["status"], [string, Tone]> = {
  queued: ["queued", "accent"],
  running: ["running", "accent"],
  success: ["done", "quiet"],
  no_action: ["nothing to do", "quiet"],
  blocked_frozen: ["blocked: frozen", "vermilion"],
  blocked_dq: ["blocked: data", "vermilion"],
  failed: ["failed", "vermilion"],
};

export const ADVISING = [
  { kind: "weekly_review", title: "Weekly review" },
  { kind: "monthly", title: "Monthly" },
  { kind: "quarterly", title: "Quarterly" },
  { kind: "manual", title: "By hand" },
] as const;

const OPEN = ["proposed", "approved", "executed_partial"];

export function stateOf(advice: Recommendation): { words: string; tone: Tone } {
  const [words, tone] = STATES[advice.status] ?? [advice.status, "quiet"];
  return { words, tone };
}

export function stateOfRun(run: Run): { words: string; tone: Tone } {
  const [words, tone] = RUN_STATES[run.status];
  return { words, tone };
}

export function isOpen(advice: Recommendation): boolean {
  return OPEN.includes(advice.status);
}

export function isGoing(run: Run): boolean {
  return run.status === "queued" || run.status === "running";
}

/** "monthly", "weekly review": what a run or its advice is called. */
export function called(kind: string): string {
  return ADVISING.find((each) => each.kind === kind)?.title ?? inWords(kind);
}

/** A stored name as words: `most_underweight`. */
export function inWords(name: string): string {
  return name.replaceAll("_", " ");
}
