/** What a booking moves, account by account, and the way to take it back. */

import { api, type Schemas } from "~/api/client";
import { signOf } from "~/numbers/format";
import { exact } from "~/numbers/time";
import { useListing } from "~/parts/listings";
import { EventLink } from "~/parts/EventLine";
import { Money, Quantity } from "~/parts/Figures";
import { ReasonDialog } from "~/parts/ReasonDialog";
import type { Portfolio } from "~/shell/portfolio";

interface Props {
  entry: Schemas["JournalEntry"];
  portfolio: Portfolio;
}

export function Lines({ entry, portfolio }: Props) {
  return (
    <div className="flex flex-col gap-3 pb-4 sm:pl-23">
      <table className="w-full text-small">
        <thead className="text-quiet">
          <tr>
            <th className="text-left font-normal">Account</th>
            <th className="text-right font-normal">Units</th>
            <th className="text-right font-normal">Amount</th>
          </tr>
        </thead>
        <tbody>
          {entry.lines.map((line, row) => (
            <tr key={row} className="h-7">
              <td>
                <Account line={line} />
              </td>
              <td className="text-right">
                {signOf(line.quantity) === 0 ? "" : <Quantity value={line.quantity} />}
              </td>
              <td className="text-right">
                <Money value={line.amount} currency={entry.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="flex flex-wrap items-center justify-between gap-2 text-small text-quiet">
        <span>
          {exact(entry.at)}
          {entry.reference && <> · {entry.reference}</>} · <EventLink number={entry.event_number} />
        </span>
        {entry.reversible && <Reverse ids={[entry.id]} portfolio={portfolio} what="this booking" />}
      </div>
    </div>
  );
}

/** Take entries or whole batches back by their opposites. */
export function Reverse({ ids, portfolio, what }: { ids: string[]; portfolio: Portfolio; what: string }) {
  const reverse = api.useMutation("post", "/portfolios/{portfolio_id}/ledger/reversals");
  return (
    <ReasonDialog
      look="danger"
      button="Reverse"
      title={`Reverse ${what}?`}
      says="The opposite is booked; nothing is edited, and both stay in the journal."
      command={reverse}
      send={(reason) =>
        reverse.mutateAsync({ params: { path: { portfolio_id: portfolio.id } }, body: { ids, reason } })
      }
    />
  );
}

/** `cash:position:…` as "cash, position", a holding by its symbol. */
function Account({ line }: { line: Schemas["JournalLine"] }) {
  const listing = useListing(line.listing_id).data;
  const names = line.account.split(":").filter((each) => !/^[0-9a-f-]{36}$/.test(each));
  return [...names, ...(listing ? [listing.symbol] : [])].join(", ").replaceAll("_", " ");
}
