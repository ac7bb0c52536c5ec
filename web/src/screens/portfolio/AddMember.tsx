/** Let somebody in, by the id that they read off their own page. */

import { api } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { DialogButton } from "~/parts/DialogButton";
import { TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { ProofField, useProof } from "~/parts/Proof";
import type { Portfolio } from "~/shell/portfolio";

export function AddMember({ portfolio }: { portfolio: Portfolio }) {
  return (
    <DialogButton button="Let somebody in" title={`Let somebody into ${portfolio.name}`}>
      {(leave) => <Person portfolio={portfolio} onLeave={leave} />}
    </DialogButton>
  );
}

function Person({ portfolio, onLeave }: { portfolio: Portfolio; onLeave: () => void }) {
  const [text, field] = useFields(() => ({ id: "" }));
  const add = api.useMutation("post", "/portfolios/{portfolio_id}/members");
  const proof = useProof(add);
  const aboutId = aboutField(add.error === null ? null : problemOf(add.error), "user_id");
  return (
    <Form
      send="Let them in"
      command={{ isPending: proof.isPending, error: add.error }}
      isTold={proof.isWanted || aboutId !== undefined}
      onSend={() => {
        proof.send(() => {
          add.mutate(
            { params: { path: { portfolio_id: portfolio.id } }, body: { user_id: text.id.trim() } },
            { onSuccess: onLeave },
          );
        });
      }}
      onLeave={onLeave}
    >
      <p>
        They see everything in this portfolio, and may trade, book and freeze as you do
        {portfolio.money === "live" && ", with your money"}.
      </p>
      <TextField
        label="Their id"
        autoFocus
        required
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        hint="It stands on their own page: System, under Who you are."
        error={aboutId}
        {...field("id")}
      />
      <ProofField proof={proof} hint="Others act with your money then, so you are asked once more." />
    </Form>
  );
}
