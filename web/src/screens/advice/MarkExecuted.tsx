/** What was executed of a line, filled in as it was advised, so that only what differs has to be written. */

import { api } from "~/api/client";
import { problemOf } from "~/api/problem";
import { number, written } from "~/numbers/format";
import { fromField, inField } from "~/numbers/time";
import { DecimalField, TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import type { AdviceLine, Recommendation } from "./words";

interface Props {
  advice: Recommendation;
  line: AdviceLine;
  onLeave: () => void;
}

const NO_NUMBER = "Write a number, such as 12 or 1.5 in the way of your language.";

export function MarkExecuted({ advice, line, onLeave }: Props) {
  const [text, field] = useFields(() => ({
    quantity: number(line.open_quantity),
    price: number(line.price),
    fee: number("0"),
    amount: "",
    at: inField(new Date()),
    reference: "",
  }));
  const mark = api.useMutation("post", "/recommendations/{recommendation_id}/mark-executed");
  const given = {
    quantity: written(text.quantity),
    price: written(text.price),
    fee: written(text.fee),
    amount: text.amount === "" ? undefined : written(text.amount),
  };
  const { quantity, price, fee, amount } = given;
  const whole = quantity !== null && price !== null && fee !== null && amount !== null;

  const refused = mark.error === null ? [] : (problemOf(mark.error).errors ?? []);
  // A listing in another currency: what it came to in the portfolio's is known to the broker alone.
  const asksAmount = text.amount !== "" || refused.some((each) => each.field.endsWith("amount"));

  function send() {
    if (!whole) return;
    const executed = { line_id: line.id, quantity, price, fee, amount: amount ?? null };
    const told = { executed_at: fromField(text.at), broker_reference: text.reference.trim() || null };
    const params = { path: { recommendation_id: advice.id } };
    mark.mutate(
      { params, body: { lines: [{ ...executed, ...told }], complete: false } },
      { onSuccess: onLeave },
    );
  }

  return (
    <Form send="Mark executed" command={mark} disabled={!whole} onSend={send} onLeave={onLeave}>
      <p>{line.sentence} Write what your broker confirms; less than all of it is fine.</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <DecimalField label="Quantity" error={wrong(quantity)} {...field("quantity")} autoFocus />
        <DecimalField label={`Price in ${line.quote_unit}`} error={wrong(price)} {...field("price")} />
        <DecimalField label={`Fee in ${advice.currency}`} error={wrong(fee)} {...field("fee")} />
        <TextField label="When" type="datetime-local" required step={1} {...field("at")} />
        <TextField label="Broker's reference (optional)" maxLength={200} {...field("reference")} />
        {asksAmount && (
          <DecimalField label={`Amount in ${advice.currency}`} error={wrong(amount)} {...field("amount")} />
        )}
      </div>
    </Form>
  );
}

function wrong(decimal: string | null | undefined): string | undefined {
  return decimal === null ? NO_NUMBER : undefined;
}
