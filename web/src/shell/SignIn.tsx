/** What is shown while the server knows nobody. */

import { ScreenHead } from "~/parts/Section";

export function SignIn() {
  return (
    <main className="mx-auto flex max-w-prose flex-col gap-4 p-4 pt-16">
      <ScreenHead title="Sign in">Ballast does not know who you are.</ScreenHead>
    </main>
  );
}
