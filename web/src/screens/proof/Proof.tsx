/** Can I prove it? */

import { api } from "~/api/client";
import { ScreenHead } from "~/parts/Section";
import { Shown } from "~/parts/Told";
import { Exports } from "./Exports";
import { Heads } from "./Heads";
import { Verify } from "./Verify";
import { YearlyStatement } from "./YearlyStatement";

export function Proof() {
  const chain = api.useQuery("get", "/audit/chain");
  return (
    <>
      <ScreenHead title="Proof">
        <Shown of={chain} rows={1}>
          {({ sentence, verified }) => (
            <p role="status" className={verified?.differences ? "font-semibold text-vermilion" : ""}>
              {sentence}
            </p>
          )}
        </Shown>
      </ScreenHead>
      {chain.data && <Verify chain={chain.data} />}
      <Exports />
      <YearlyStatement />
      {chain.data && <Heads chain={chain.data} />}
    </>
  );
}
