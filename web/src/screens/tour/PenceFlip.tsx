/** Send a price in the wrong unit for the simulated listing, which the gate stops. */

import Decimal from "decimal.js-light";
import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { ProblemNote } from "~/parts/Told";
import type { Practice } from "./practice";

const PENCE = 100;

export function PenceFlip({ practice }: { practice: Practice }) {
  const send = api.useMutation("post", "/prices");
  const wrong = new Decimal(practice.price).div(PENCE).toFixed();
  return (
    <>
      <Button
        busy={send.isPending}
        onClick={() => {
          send.mutate({
            body: {
              quotes: [
                {
                  listing_id: practice.listingId,
                  last: wrong,
                  as_of: new Date().toISOString(),
                  source: "tour",
                },
              ],
            },
          });
        }}
      >
        Send {practice.symbol} at {wrong}
      </Button>
      {send.data && (
        <p role="status" className="text-small">
          {send.data.quarantined.length > 0
            ? "The gate has stopped it, and the portfolio is frozen."
            : "It was not stopped this time; send it again."}
        </p>
      )}
      {send.error != null && <ProblemNote error={send.error} />}
    </>
  );
}
