/** Give the portfolio another name. */

import { api } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { DialogButton } from "~/parts/DialogButton";
import { TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import type { Portfolio } from "~/shell/portfolio";

export function Rename({ portfolio }: { portfolio: Portfolio }) {
  return (
    <DialogButton button="Rename" title={`Rename ${portfolio.name}`}>
      {(leave) => <Name portfolio={portfolio} onLeave={leave} />}
    </DialogButton>
  );
}

function Name({ portfolio, onLeave }: { portfolio: Portfolio; onLeave: () => void }) {
  const rename = api.useMutation("patch", "/portfolios/{portfolio_id}");
  const [text, field] = useFields(() => ({ name: portfolio.name }), rename.reset);
  const name = text.name.trim();
  const problem = rename.error === null ? null : problemOf(rename.error);
  return (
    <Form
      send="Rename"
      command={rename}
      isTold={aboutField(problem, "name") !== undefined}
      disabled={name === "" || name === portfolio.name}
      onSend={() => {
        rename.mutate(
          { params: { path: { portfolio_id: portfolio.id } }, body: { name } },
          { onSuccess: onLeave },
        );
      }}
      onLeave={onLeave}
    >
      <TextField
        label="Name"
        autoFocus
        required
        maxLength={200}
        autoComplete="off"
        error={aboutField(problem, "name")}
        {...field("name")}
      />
    </Form>
  );
}
