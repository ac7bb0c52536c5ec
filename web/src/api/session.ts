/** Who is signed in, as far as the page has to know: whether to show the form, and the token that commands carry. */

import { useSyncExternalStore } from "react";

let token: string | null = null;
let out = false;
const listeners = new Set<() => void>();

function tell(): void {
  for (const each of listeners) each();
}

export function csrfToken(): string | null {
  return token;
}

/** Note that the server knows nobody: the form is shown until `signedIn`. */
export function signedOut(): void {
  if (out) return;
  out = true;
  token = null;
  tell();
}

export function signedIn(csrf: string | null): void {
  token = csrf;
  out = false;
  tell();
}

export function useSignedOut(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => out,
  );
}
