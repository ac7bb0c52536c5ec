/** What is shown while the server knows nobody: the form, or the way to who vouches for one. */

import { useState, type FormEvent } from "react";
import { api, queries } from "~/api/client";
import { signedIn, type Way } from "~/api/session";
import { Button } from "~/parts/Button";
import { TextField } from "~/parts/Field";
import { ScreenHead } from "~/parts/Section";
import { ProblemNote } from "~/parts/Told";

const ABOUT_CODES = ["/problems/code-missing", "/problems/wrong-code"];

export function SignIn({ way }: { way: Way }) {
  return (
    <main className="mx-auto flex max-w-sm flex-col gap-6 p-4 pt-16">
      <ScreenHead title="Sign in">Ballast shows nothing to anybody it does not know.</ScreenHead>
      {way === "password" ? (
        <PasswordForm />
      ) : (
        <a
          href="/auth/oidc/login"
          className="inline-flex min-h-10 items-center justify-center rounded border border-accent bg-accent px-3 font-medium text-on-accent"
        >
          Go to your sign-in service
        </a>
      )}
    </main>
  );
}

function PasswordForm() {
  const login = api.useMutation("post", "/auth/login");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const wantsCode = code !== "" || ABOUT_CODES.includes(login.error?.type ?? "");

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      await login.mutateAsync({ body: { name, password, code: code === "" ? undefined : code } });
    } catch {
      return; // the form shows why
    }
    queries.clear();
    signedIn();
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <TextField
        label="Name"
        autoComplete="username"
        autoFocus
        required
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
        }}
      />
      {wantsCode && (
        <TextField
          label="One-time code, or a recovery code"
          autoComplete="one-time-code"
          autoFocus
          required
          value={code}
          onChange={(event) => {
            setCode(event.target.value);
          }}
        />
      )}
      {login.error !== null && <ProblemNote error={login.error} />}
      <Button type="submit" look="main" busy={login.isPending}>
        Sign in
      </Button>
      <p className="text-small text-quiet">
        Forgotten? Whoever runs this Ballast sets a new one: <code>ballast user reset NAME</code>.
      </p>
    </form>
  );
}
