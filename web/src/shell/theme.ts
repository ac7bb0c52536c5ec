/** Light or dark: as the machine is set, unless a person chose otherwise here. */

import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const KEPT_AS = "ballast-theme";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function chosen(): Theme | null {
  const kept = window.localStorage.getItem(KEPT_AS);
  return kept === "light" || kept === "dark" ? kept : null;
}

function current(): Theme {
  return chosen() ?? (dark.matches ? "dark" : "light");
}

/** Put what was chosen on the document; call once before anything is drawn. */
export function applyTheme(): void {
  const theme = chosen();
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

export function toggleTheme(): void {
  window.localStorage.setItem(KEPT_AS, current() === "dark" ? "light" : "dark");
  applyTheme();
  for (const each of listeners) each();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    dark.addEventListener("change", listener);
    return () => {
      listeners.delete(listener);
      dark.removeEventListener("change", listener);
    };
  }, current);
}
