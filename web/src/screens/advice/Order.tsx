/** A line of the ticket: what to order and why, what of it was executed, and the way to say so. */

import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { DialogButton } from "~/parts/DialogButton";
import { Money, Price, Quantity } from "~/parts/Figures";
import { signOf } from "~/numbers/format";
import { MarkExecuted } from "./MarkExecuted";
import { inWords, isOpen, type AdviceLine, type Recommendation } from "./words";

interface Props {
  advice: Recommendation;
  line: AdviceLine;
}

/** How an order fares that Ballast places itself. */
const PLACING = {
  waiting: "Ballast places it; it waits for its turn.",
  at_work: "Ballast has placed it; the order is at work.",
  ended: "Ballast has placed it; the order has ended.",
  declined: "Ballast has not placed it.",
};

export function Order({ advice, line }: Props) {
  return (
    <li className="flex flex-col gap-2 border-b border-line p-4 last:border-b-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <span className="font-semibold">
          {line.action === "BUY" ? "Buy" : "Sell"} <Quantity value={line.quantity} /> {line.symbol}
        </span>
        <span className="text-right">
          <Money value={line.amount} currency={advice.currency} />{" "}
          <span className="text-small text-quiet">
            at <Price value={line.price} unit={line.quote_unit} />
          </span>
        </span>
      </div>
      <p className="max-w-prose">{line.sentence}</p>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex flex-wrap gap-2">
          {line.rules.map((rule) => (
            <Tag key={rule}>{inWords(rule)}</Tag>
          ))}
        </div>
        {line.placing === null && isOpen(advice) && signOf(line.open_quantity) === 1 && (
          <DialogButton button="Mark executed" title={`What was executed of ${line.symbol}?`}>
            {(leave) => <MarkExecuted advice={advice} line={line} onLeave={leave} />}
          </DialogButton>
        )}
      </div>
      {line.placing !== null && (
        <p className="text-small text-quiet">
          {PLACING[line.placing]} {line.not_placed}
        </p>
      )}
      <Executions advice={advice} line={line} />
    </li>
  );
}

function Executions({ advice, line }: Props) {
  if (line.executions.length === 0) return null;
  return (
    <ul className="text-small text-quiet">
      {line.executions.map((each) => (
        <li key={each.entry_id}>
          Executed <Quantity value={each.quantity} /> at <Price value={each.price} unit={line.quote_unit} />
          {signOf(each.fee) !== 0 && (
            <>
              , fee <Money value={each.fee} currency={advice.currency} />
            </>
          )}{" "}
          <Ago at={each.executed_at} />
          {each.broker_reference && <> · {each.broker_reference}</>}
        </li>
      ))}
      {signOf(line.open_quantity) === 1 && (
        <li>
          <Quantity value={line.open_quantity} /> of <Quantity value={line.quantity} /> are open.
        </li>
      )}
    </ul>
  );
}
