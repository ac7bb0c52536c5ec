/** Cash that came or went. */

import { useState, type FormEvent } from "react";
import { api } from "~/api/client";
import { written } from "~/numbers/format";
import { Button } from "~/parts/Button";
import { Dialog } from "~/parts/Dialog";
import { DecimalField, SelectField } from "~/parts/Field";
import { ProblemNote } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";

const KINDS = [
  { kind: "deposit", title: "Deposit" },
  { kind: "contribution", title: "Contribution (for the month's orders)" },
  { kind: "withdrawal", title: "Withdrawal" },
] as const;

type Kind = (typeof KINDS)[number]["kind"];

export function MoveCash({ portfolio }: { portfolio: Portfolio }) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        Deposit or withdraw
      </Button>
      <Dialog title="Cash that came or went" open={open} onClose={close}>
        <Form portfolio={portfolio} onDone={close} />
      </Dialog>
    </>
  );
}

function Form({ portfolio, onDone }: { portfolio: Portfolio; onDone: () => void }) {
  const [kind, setKind] = useState<Kind>("deposit");
  const [text, setText] = useState("");
  const move = api.useMutation("post", "/portfolios/{portfolio_id}/cash");
  const amount = written(text);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (amount === null) return;
    try {
      await move.mutateAsync({ params: { path: { portfolio_id: portfolio.id } }, body: { kind, amount } });
      onDone();
    } catch {
      return; // the command keeps the problem, and the form shows it
    }
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <SelectField
        label="What was it?"
        value={kind}
        onChange={(event) => {
          setKind(event.target.value as Kind);
        }}
      >
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
        value={text}
        error={text !== "" && amount === null ? "Write a number." : undefined}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      {move.error != null && <ProblemNote error={move.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Leave it</Button>
        <Button type="submit" look="main" busy={move.isPending} disabled={amount === null}>
          Book it
        </Button>
      </div>
    </form>
  );
}
