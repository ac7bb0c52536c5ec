/** Ask the providers of prices now, for the portfolio that is looked at. */

import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { ProblemNote } from "~/parts/Told";
import { usePortfolio } from "~/shell/portfolio";

export function Refresh() {
  const portfolio = usePortfolio();
  const refresh = api.useMutation("post", "/portfolios/{portfolio_id}/market-data/refresh");
  if (!portfolio) return null;
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        busy={refresh.isPending}
        onClick={() => {
          refresh.mutate({ params: { path: { portfolio_id: portfolio.id } } });
        }}
      >
        Refresh prices
      </Button>
      {refresh.data && (
        <p role="status" className="text-small text-quiet">
          Asked for; what came of it stands under Runs.
        </p>
      )}
      {refresh.error != null && <ProblemNote error={refresh.error} />}
    </div>
  );
}
