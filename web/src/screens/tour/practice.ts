/** The seeded paper portfolio's listing that the tour plays with: simulated, so that no price of it means anything. */

import { api } from "~/api/client";
import { usePortfolio } from "~/shell/portfolio";

const SIMULATED = "XSIM";
const STEADY = "MAST";

export interface Practice {
  listingId: string;
  symbol: string;
  price: string;
}

export function usePractice(): Practice | undefined {
  const portfolio = usePortfolio();
  const freshness = api.useQuery(
    "get",
    "/freshness",
    {
      params: { query: { portfolio_id: portfolio?.id ?? null } },
    },
    { enabled: portfolio?.money === "paper" },
  );
  const simulated = freshness.data?.items.filter((each) => each.exchange === SIMULATED) ?? [];
  const found = simulated.find((each) => each.symbol === STEADY) ?? simulated[0];
  if (portfolio?.money !== "paper" || !found?.price) return undefined;
  return { listingId: found.listing_id, symbol: found.symbol, price: found.price };
}
