/** Make a token. Its secret is shown here, once. */

import { api } from "~/api/client";
import { DialogButton } from "~/parts/DialogButton";
import { SelectField, TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { ProofField, useProof } from "~/parts/Proof";
import { Secret } from "~/parts/Secret";

export function MakeToken() {
  return (
    <DialogButton button="Make a token" title="A token for a program of yours">
      {(leave) => <TokenForm onLeave={leave} />}
    </DialogButton>
  );
}

function TokenForm({ onLeave }: { onLeave: () => void }) {
  const [text, field] = useFields(() => ({ name: "", scope: "read" }));
  const make = api.useMutation("post", "/auth/tokens");
  const proof = useProof(make);
  if (make.data) {
    return (
      <Secret secret={make.data.secret} onDone={onLeave}>
        <p>A program that shows this is you, as far as you said. Ballast keeps only its hash.</p>
      </Secret>
    );
  }

  function send() {
    const scope = text.scope as "read" | "trade";
    proof.send(() => {
      make.mutate({ body: { name: text.name.trim(), scope, expires_in_days: 90 } });
    });
  }

  return (
    <Form
      send="Make"
      command={{ isPending: proof.isPending, error: make.error }}
      isTold={proof.isWanted}
      onSend={send}
      onLeave={onLeave}
    >
      <TextField
        label="Name"
        autoFocus
        required
        maxLength={100}
        hint="What it is for, such as “backup script”."
        {...field("name")}
      />
      <SelectField label="May" hint="It ends after 90 days." {...field("scope")}>
        <option value="read">see everything, change nothing</option>
        <option value="trade">do what you may, but for what wants you in person</option>
      </SelectField>
      <ProofField proof={proof} hint="A token outlives this sign-in, so you are asked once more." />
    </Form>
  );
}
