/** Cash that came or went. */

import { api } from "~/api/client";
import { written } from "~/numbers/format";
import { DialogButton } from "~/parts/DialogButton";
import { DecimalField, SelectField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import type { Portfolio } from "~/shell/portfolio";

const KINDS = [
  { kind: "deposit", title: "Deposit" },
  { kind: "contribution", title: "Contribution (for the month's orders)" },
  { kind: "withdrawal", title: "Withdrawal" },
] as const;

type Kind = (typeof KINDS)[number]["kind"];

export function MoveCash({ portfolio }: { portfolio: Portfolio }) {
  return (
    <DialogButton button="Deposit or withdraw" title="Cash that came or went">
      {(leave) => <Move portfolio={portfolio} onLeave={leave} />}
    </DialogButton>
  );
}

function Move({ portfolio, onLeave }: { portfolio: Portfolio; onLeave: () => void }) {
  const [text, field] = useFields(() => ({ kind: "deposit", amount: "" }));
  const move = api.useMutation("post", "/portfolios/{portfolio_id}/cash");
  const amount = written(text.amount);

  function send() {
    if (amount === null) return;
    const body = { kind: text.kind as Kind, amount };
    move.mutate({ params: { path: { portfolio_id: portfolio.id } }, body }, { onSuccess: onLeave });
  }

  return (
    <Form send="Book it" command={move} disabled={amount === null} onSend={send} onLeave={onLeave}>
      <SelectField label="What was it?" {...field("kind")}>
        {KINDS.map((each) => (
          <option key={each.kind} value={each.kind}>
            {each.title}
          </option>
        ))}
      </SelectField>
      <DecimalField
        label={`Amount in ${portfolio.base_currency}`}
        autoFocus
        required
        error={text.amount !== "" && amount === null ? "Write a number." : undefined}
        {...field("amount")}
      />
    </Form>
  );
}
