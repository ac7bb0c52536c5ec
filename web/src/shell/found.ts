/** What search knows: screens, portfolios, positions and listings by symbol, their orders, events by number. */

import { linkOptions, type NavigateOptions } from "@tanstack/react-router";
import { api } from "~/api/client";
import { useAtRest } from "~/parts/atRest";
import { useListingsBy } from "~/parts/listings";
import type { Topic } from "~/screens/timeline/filters";
import { usePortfolios } from "./portfolio";
import { useScreens } from "./screens";

const SHOWN_MAX = 20;

export interface Found {
  id: string;
  name: string;
  kind: string;
  link: NavigateOptions;
}

const ABOUT_ORDERS: Topic[] = ["traded"];

/** Screens and portfolios are known here; positions and listings are looked for by the server, once one pauses. */
export function useFound(words: string): { found: Found[]; isSettled: boolean } {
  const wanted = words.trim().toLowerCase();
  const near = useNear();
  const positions = usePositionsBy(wanted);
  const listings = useListingsBy(wanted);
  const named = new Map(usePortfolios().data?.items.map((each) => [each.id, each.name]));
  const found: Found[] = [
    ...eventOf(wanted),
    ...near.filter((each) => each.name.toLowerCase().includes(wanted)),
    ...(wanted === "" ? [] : (positions.data?.items ?? [])).flatMap((each) => [
      {
        id: each.id,
        name: `${each.listing.symbol} · ${named.get(each.portfolio_id) ?? ""}`,
        kind: "position",
        link: linkOptions({ to: "/positions/$positionId", params: { positionId: each.id } }),
      },
      {
        id: `orders-${each.id}`,
        name: `Orders of ${each.listing.symbol} · ${named.get(each.portfolio_id) ?? ""}`,
        kind: "orders",
        link: linkOptions({ to: "/timeline", search: { position: each.id, about: ABOUT_ORDERS } }),
      },
    ]),
    ...(wanted === "" ? [] : (listings.data?.items ?? [])).map((each) => ({
      id: each.id,
      name: `${each.symbol} · ${each.exchange}${each.name ? ` · ${each.name}` : ""}`,
      kind: "listing",
      link: linkOptions({ to: "/positions", search: { listing: each.id } }),
    })),
  ];
  const isAsked = useAtRest(wanted) === wanted;
  return { found, isSettled: isAsked && !listings.isFetching && !positions.isFetching };
}

/** What needs nobody to be asked. */
function useNear(): Found[] {
  const screens = useScreens();
  const portfolios = usePortfolios().data?.items ?? [];
  return [
    ...screens.map((each) => ({
      id: each.to,
      name: each.title,
      kind: "screen",
      link: linkOptions({ to: each.to }),
    })),
    ...portfolios.map((each) => ({
      id: each.id,
      name: each.name,
      kind: "portfolio",
      link: linkOptions({ to: ".", search: { portfolio: each.id } }),
    })),
  ];
}

function usePositionsBy(letters: string) {
  const symbol = asSymbol(useAtRest(letters));
  return api.useQuery(
    "get",
    "/positions",
    { params: { query: { symbol, limit: SHOWN_MAX } } },
    { enabled: symbol !== undefined && letters !== "" },
  );
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
