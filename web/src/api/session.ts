/** Whether the server knows who asks, and how one signs in where it does not. */

import { useSyncExternalStore } from "react";

export type Way = "password" | "oidc";

let way: Way | null = null;
const listeners = new Set<() => void>();

function become(next: Way | null): void {
  if (way === next) return;
  way = next;
  for (const each of listeners) each();
}

/** Note that the server knows nobody: the form is shown until `signedIn`. */
export function signedOut(by: Way): void {
  become(by);
}

export function signedIn(): void {
  become(null);
}

/** How one has to sign in; null while one is known, or nobody has to. */
export function useMissingSignIn(): Way | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => way,
  );
}
