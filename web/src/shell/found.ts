/** What search knows: screens, portfolios, positions by their symbols. */

import { linkOptions, type NavigateOptions } from "@tanstack/react-router";
import { api } from "~/api/client";
import { usePortfolios } from "./portfolio";
import { useScreens } from "./screens";

const SHOWN_MAX = 50;

export interface Found {
  id: string;
  name: string;
  kind: string;
  link: NavigateOptions;
}

export function useFound(words: string): Found[] {
  const screens = useScreens();
  const portfolios = usePortfolios().data?.items ?? [];
  const positions =
    api.useQuery("get", "/positions", { params: { query: { limit: 1000 } } }).data?.items ?? [];
  const named = new Map(portfolios.map((each) => [each.id, each.name]));
  const all: Found[] = [
    ...positions.map((each) => ({
      id: each.id,
      name: `${each.listing.symbol} · ${named.get(each.portfolio_id) ?? ""}`,
      kind: "position",
      link: linkOptions({ to: "/positions/$positionId", params: { positionId: each.id } }),
    })),
    ...portfolios.map((each) => ({
      id: each.id,
      name: each.name,
      kind: "portfolio",
      link: linkOptions({ to: ".", search: { portfolio: each.id } }),
    })),
    ...screens.map((each) => ({
      id: each.to,
      name: each.title,
      kind: "screen",
      link: linkOptions({ to: each.to }),
    })),
  ];
  const wanted = words.trim().toLowerCase();
  return all.filter((each) => each.name.toLowerCase().includes(wanted)).slice(0, SHOWN_MAX);
}
