/** Which portfolio the screens are about: the one that the address names, else the first that lives by the present. */

import { useSearch } from "@tanstack/react-router";
import { api, type Schemas } from "~/api/client";

export type Portfolio = Schemas["Portfolio"];

/** All of one's portfolios, oldest first. */
export function usePortfolios() {
  return api.useQuery("get", "/portfolios", { params: { query: { limit: 1000 } } });
}

/** The portfolio that is looked at; undefined while it is not known, or when there is none. */
export function usePortfolio(): Portfolio | undefined {
  const { portfolio: named } = useSearch({ strict: false });
  const all = usePortfolios().data?.items ?? [];
  return all.find((each) => each.id === named) ?? all.find((each) => each.clock === "live") ?? all[0];
}
