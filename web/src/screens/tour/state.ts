/** How far the tour has come in this browser: it can be left and taken up again. */

import { useSyncExternalStore } from "react";

export interface Progress {
  step: number;
  /** Whether it is shown; left, only a word at the foot of the page offers it. */
  open: boolean;
}

const KEPT_AS = "ballast-tour";
const BEGINNING: Progress = { step: 0, open: true };
const listeners = new Set<() => void>();

function kept(): Progress {
  try {
    const { step, open } = JSON.parse(window.localStorage.getItem(KEPT_AS) ?? "{}") as Partial<Progress>;
    return typeof step === "number" && typeof open === "boolean" ? { step, open } : BEGINNING;
  } catch {
    return BEGINNING; // somebody wrote something else there
  }
}

let progress = kept();

export function go(to: Progress): void {
  progress = to;
  window.localStorage.setItem(KEPT_AS, JSON.stringify(to));
  for (const each of listeners) each();
}

/** Nothing of it is left to see: whoever wants to takes it from the beginning. */
export function finish(): void {
  go({ step: 0, open: false });
}

export function useProgress(): Progress {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => progress,
  );
}
