/** The positions of a portfolio, page by page as one scrolls. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { client } from "~/api/client";

const PAGE = 100;
const PATH = "/positions";

export function useCards(portfolioId: string | undefined) {
  return useInfiniteQuery({
    queryKey: ["get", PATH, "cards", portfolioId],
    enabled: portfolioId !== undefined,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data, error } = await client.GET(PATH, {
        params: { query: { portfolio_id: portfolioId, sentences: true, after: pageParam, limit: PAGE } },
        signal,
      });
      if (data === undefined) throw error;
      return data;
    },
    getNextPageParam: (page) => page.next,
  });
}
