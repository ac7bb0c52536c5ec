/** The past, page by page, newest first; and how many events came since. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { client, queries, type Schemas } from "~/api/client";

export type Event = Schemas["TimelineEvent"];
type Asked = NonNullable<Parameters<typeof page>[0]>;

const PAGE = 200;
const SINCE_MAX = 100;

interface Query {
  portfolio_id?: string;
  position_id?: string;
  order_id?: string;
  run_id?: string;
  about?: ("traded" | "skipped" | "data" | "me" | "money")[];
}

async function page(wanted: Query, order: "newest" | "oldest", after: string | undefined, limit: number) {
  const { data, error } = await client.GET("/events", {
    params: { query: { ...wanted, order, after, limit } },
  });
  if (data === undefined) throw error;
  return data;
}

/** All pages that were scrolled to. They stay as they are: what happened does not change. */
export function usePast(wanted: Asked, before: string | undefined) {
  return useInfiniteQuery({
    queryKey: ["past", wanted, before],
    queryFn: ({ pageParam }) => page(wanted, "newest", pageParam, PAGE),
    initialPageParam: before,
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: Infinity,
    gcTime: 60_000,
  });
}

/** How many events came after the newest that is shown; null while that is not known. */
export function useSince(wanted: Asked, newest: number | undefined): number | null {
  const since = useQuery({
    queryKey: ["since", wanted, newest],
    queryFn: () => page(wanted, "oldest", String(newest ?? 0), SINCE_MAX),
    enabled: newest !== undefined,
  });
  return since.data?.items.length ?? null;
}

/** Begin again with what is newest now. */
export function renew(wanted: Asked): void {
  void queries.resetQueries({ queryKey: ["past", wanted] });
}
