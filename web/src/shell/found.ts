/** What search knows: screens, portfolios, positions and listings by symbol, their orders, events by number. */

import { linkOptions, type NavigateOptions } from "@tanstack/react-router";
import { api } from "~/api/client";
import type { Topic } from "~/screens/timeline/filters";
import { usePortfolios } from "./portfolio";
import { useScreens } from "./screens";

const SHOWN_MAX = 50;

export interface Found {
  id: string;
  name: string;
  kind: string;
  link: NavigateOptions;
}

const ABOUT_ORDERS: Topic[] = ["traded"];

export function useFound(words: string): Found[] {
  const screens = useScreens();
  const portfolios = usePortfolios().data?.items ?? [];
  const positions =
    api.useQuery("get", "/positions", { params: { query: { limit: 1000 } } }).data?.items ?? [];
  const listings = api.useQuery("get", "/listings", { params: { query: { limit: 1000 } } }).data?.items ?? [];
  const named = new Map(portfolios.map((each) => [each.id, each.name]));
  const all: Found[] = [
    ...positions.map((each) => ({
      id: each.id,
      name: `${each.listing.symbol} · ${named.get(each.portfolio_id) ?? ""}`,
      kind: "position",
      link: linkOptions({ to: "/positions/$positionId", params: { positionId: each.id } }),
    })),
    ...positions.map((each) => ({
      id: `orders-${each.id}`,
      name: `Orders of ${each.listing.symbol} · ${named.get(each.portfolio_id) ?? ""}`,
      kind: "orders",
      link: linkOptions({ to: "/timeline", search: { position: each.id, about: ABOUT_ORDERS } }),
    })),
    ...listings.map((each) => ({
      id: each.id,
      name: `${each.symbol} · ${each.exchange}${each.name ? ` · ${each.name}` : ""}`,
      kind: "listing",
      link: linkOptions({ to: "/positions", search: { listing: each.id } }),
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
  const found = all.filter((each) => each.name.toLowerCase().includes(wanted)).slice(0, SHOWN_MAX);
  return [...eventOf(wanted), ...found];
}

/** The event that goes by this number, if it is one: "1204", "event 1204". */
function eventOf(words: string): Found[] {
  const written = /^(?:event )?([1-9]\d{0,14})$/.exec(words)?.[1];
  if (written === undefined) return [];
  const number = Number(written);
  return [
    {
      id: `event-${number}`,
      name: `Event ${number}`,
      kind: "event",
      link: linkOptions({ to: "/timeline", search: { event: number, until: number } }),
    },
  ];
}

/** The symbol that the words may be, in capitals; undefined when no symbol is written so. */
export function asSymbol(words: string): string | undefined {
  return /^[a-z0-9][a-z0-9.\-_/]{0,31}$/i.test(words) ? words.toUpperCase() : undefined;
}
