/** Times: how long ago in words, and exactly in the form of the browser's locale. */

import { useSyncExternalStore } from "react";

const UNITS: [string, number][] = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
];

const exactly = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const onlyDay = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const onlyTime = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

export function exact(at: string): string {
  return exactly.format(new Date(at));
}

export function dayOf(at: string): string {
  return onlyDay.format(new Date(at));
}

export function timeOf(at: string): string {
  return onlyTime.format(new Date(at));
}

/** "4 s ago", "3 min ago", "in 2 h". */
export function relative(at: string, now: number): string {
  const seconds = Math.round((now - new Date(at).getTime()) / 1000);
  const size = Math.abs(seconds);
  const [unit, length] = UNITS.find(([, each]) => size >= each) ?? ["s", 1];
  const words = `${Math.floor(size / length)} ${unit}`;
  return seconds < 0 ? `in ${words}` : `${words} ago`;
}

let now = Date.now();
const listeners = new Set<() => void>();
let clock: number | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  clock ??= window.setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.clearInterval(clock);
      clock = undefined;
    }
  };
}

/** The time, once a second, one clock for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** A moment as a field for local date and time has it, to the second. */
export function inField(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** The moment that stands in a field for local date and time, as the wire has it. */
export function fromField(text: string): string {
  return new Date(text).toISOString();
}
