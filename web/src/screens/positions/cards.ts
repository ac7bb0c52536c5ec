/** The positions of a portfolio, page by page as one scrolls; only pages in sight are asked for again. */

import { useQueries } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { client, type Schemas } from "~/api/client";

const PAGE = 50;
const PATH = "/positions";

export interface Placed {
  card: Schemas["PositionCard"];
  /** On which page it came. */
  page: number;
}

async function page(portfolioId: string, after: string | null, signal: AbortSignal) {
  const { data, error } = await client.GET(PATH, {
    params: { query: { portfolio_id: portfolioId, sentences: true, after, limit: PAGE } },
    signal,
  });
  if (data === undefined) throw error;
  return data;
}

/** Positions stay in the order of their opening, so that a page begins where it began, whatever comes. */
export function useCards(portfolioId: string) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [[from, to], setSight] = useState<readonly [number, number]>([0, 0]);
  const pages = useQueries({
    queries: cursors.map((after, place) => ({
      queryKey: ["get", PATH, "cards", portfolioId, after],
      queryFn: ({ signal }: { signal: AbortSignal }) => page(portfolioId, after, signal),
      enabled: ({ state }: { state: { data: unknown } }) =>
        state.data === undefined || (from <= place && place <= to),
    })),
  });
  const next = pages.at(-1)?.data?.next ?? null;
  const cards = pages.flatMap(({ data }, place) =>
    (data?.items ?? []).map((card): Placed => ({ card, page: place })),
  );
  const further = useCallback(() => {
    if (next === null) return;
    setCursors((before) => (before.includes(next) ? before : [...before, next]));
  }, [next]);
  const look = useCallback((first: number, last: number) => {
    setSight((before) => (before[0] === first && before[1] === last ? before : [first, last]));
  }, []);
  return {
    cards,
    /** Whether there are more than are known. */
    hasMore: next !== null || pages.at(-1)?.data === undefined,
    first: {
      data: pages[0]?.data,
      error: pages.find((each) => each.error !== null)?.error ?? null,
      isPlaceholderData: false,
    },
    further,
    look,
  };
}
