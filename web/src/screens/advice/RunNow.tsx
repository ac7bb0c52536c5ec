/** Ask the rules now, without waiting for the schedule. */

import { useState } from "react";
import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { SelectField } from "~/parts/Field";
import { ProblemNote } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";
import { ADVISING, nameOf } from "~/screens/runs/kinds";

export function RunNow({ portfolio }: { portfolio: Portfolio }) {
  const [kind, setKind] = useState<string>("monthly");
  const run = api.useMutation("post", "/portfolios/{portfolio_id}/runs");
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <SelectField
          label="Run"
          value={kind}
          onChange={(event) => {
            setKind(event.target.value);
          }}
        >
          {ADVISING.map((each) => (
            <option key={each} value={each}>
              {nameOf(each)}
            </option>
          ))}
        </SelectField>
        <Button
          busy={run.isPending}
          onClick={() => {
            run.mutate({ params: { path: { portfolio_id: portfolio.id } }, body: { kind, as_of: null } });
          }}
        >
          Run now
        </Button>
      </div>
      {run.error != null && <ProblemNote error={run.error} />}
    </div>
  );
}
