/**
 * News as it comes. The server tells that the log or prices went on, and what is on the screen is asked for again;
 * while it cannot be listened to, everything is asked again every few seconds.
 */

import { useEffect, useSyncExternalStore } from "react";
import { queries } from "./client";

const POLL_MS = 8_000;
const PRICED = ["/today", "/positions", "/positions/{position_id}", "/listings/{listing_id}/prices"];

/** Pages of the past do not change; what came since is asked for by a query of its own. */
function isAskedAnew({ queryKey }: { queryKey: readonly unknown[] }): boolean {
  return queryKey[0] !== "past";
}

type Line = "listening" | "polling";

let line: Line = "polling";
const listeners = new Set<() => void>();

function become(next: Line): void {
  if (line === next) return;
  line = next;
  for (const each of listeners) each();
}

/** Whether news come by themselves just now. */
export function useLine(): Line {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => line,
  );
}

/** Listen for as long as the caller is on the screen. */
export function useLiveUpdates(): void {
  useEffect(() => {
    const source = new EventSource("/stream");
    source.addEventListener("open", () => {
      become("listening");
    });
    source.addEventListener("error", () => {
      become("polling");
    });
    source.addEventListener("log", () => void queries.invalidateQueries({ predicate: isAskedAnew }));
    source.addEventListener("prices", () => {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => PRICED.includes(String(queryKey[1])) });
    });
    const poll = window.setInterval(() => {
      if (line === "polling") void queries.invalidateQueries({ predicate: isAskedAnew });
    }, POLL_MS);
    return () => {
      source.close();
      window.clearInterval(poll);
    };
  }, []);
}
