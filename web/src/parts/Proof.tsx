/** Who is signed in proves once more who they are, where what they do wants that: by code or by password. */

import { useState } from "react";
import { api } from "~/api/client";
import { problemOf } from "~/api/problem";
import { TextField } from "./Field";
import { ProblemNote } from "./Told";

const WANTED = "/problems/proof-required";

interface Command {
  isPending: boolean;
  error: unknown;
}

/** A command that may be refused until one has proven oneself: it is sent again after the proof. */
export function useProof(command: Command) {
  const [given, setGiven] = useState("");
  const me = api.useQuery("get", "/auth/me");
  const prove = api.useMutation("post", "/auth/proof");
  const isWanted = command.error != null && problemOf(command.error).type === WANTED;
  const byCode = me.data?.second_factor ?? false;
  return {
    given,
    setGiven,
    isWanted,
    byCode,
    error: prove.error,
    isPending: prove.isPending || command.isPending,
    /** Proves it if that is wanted, then sends; a refusal is kept by whoever made it. */
    send: (send: () => void) => {
      if (!isWanted) {
        send();
        return;
      }
      prove.mutate({ body: byCode ? { code: given } : { password: given } }, { onSuccess: send });
    },
  };
}

type Proof = ReturnType<typeof useProof>;

export function ProofField({ proof, hint }: { proof: Proof; hint: string }) {
  if (!proof.isWanted) return null;
  return (
    <>
      <TextField
        label={proof.byCode ? "One-time code" : "Your password"}
        type={proof.byCode ? "text" : "password"}
        autoComplete={proof.byCode ? "one-time-code" : "current-password"}
        autoFocus
        required
        hint={hint}
        value={proof.given}
        onChange={(event) => {
          proof.setGiven(event.target.value);
        }}
      />
      {proof.error != null && <ProblemNote error={proof.error} />}
    </>
  );
}
