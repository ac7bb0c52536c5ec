/** Listings as one looks for them: by a few letters, or one by its id. */

import { api, type Schemas } from "~/api/client";
import { useAtRest } from "./atRest";

export type Listing = Schemas["Listing"];

const SHOWN_MAX = 20;

/** What the letters find, once one pauses; nothing for none. */
export function useListingsBy(letters: string) {
  const q = useAtRest(letters.trim());
  return api.useQuery(
    "get",
    "/listings",
    { params: { query: { q, limit: SHOWN_MAX } } },
    { enabled: q !== "" && letters.trim() !== "", placeholderData: (before) => before },
  );
}

/** One listing; what it is called hardly ever changes. */
export function useListing(id: string | null) {
  return api.useQuery(
    "get",
    "/listings/{listing_id}",
    { params: { path: { listing_id: id ?? "" } } },
    { enabled: id !== null && id !== "", staleTime: 60_000 },
  );
}

/** "KO · XNYS · USD · Coca-Cola" */
export function calledInFull({ symbol, exchange, currency, name }: Listing): string {
  return [symbol, exchange, currency, ...(name ? [name] : [])].join(" · ");
}
