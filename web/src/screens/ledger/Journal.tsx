/** Every booking, newest first; each unfolds to its lines, which sum to zero. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { client, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { VirtualList } from "~/parts/VirtualList";
import type { Portfolio } from "~/shell/portfolio";
import { ExportLedger } from "./ExportLedger";
import { Lines } from "./Lines";

type Entry = Schemas["JournalEntry"];

const PAGE = 200;
const PATH = "/portfolios/{portfolio_id}/ledger";

async function page(portfolioId: string, after: string | null, limit: number) {
  const { data, error } = await client.GET(PATH, {
    params: { path: { portfolio_id: portfolioId }, query: { order: "newest", after, limit } },
  });
  if (data === undefined) throw error;
  return data;
}

/** What is booked stays as it is; all of it is asked for again only when something was booked since. */
function useJournal(portfolioId: string) {
  const journal = useInfiniteQuery({
    queryKey: ["past", PATH, portfolioId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => page(portfolioId, pageParam, PAGE),
    getNextPageParam: (last) => last.next,
    staleTime: Infinity,
  });
  const latest = useQuery({
    queryKey: ["get", PATH, portfolioId, "latest"],
    queryFn: () => page(portfolioId, null, 1),
  });
  const { data, isFetching, refetch } = journal;
  const newest = latest.data?.items[0]?.id;
  const isBehind = newest !== undefined && data !== undefined && data.pages[0]?.items[0]?.id !== newest;
  useEffect(() => {
    if (isBehind && !isFetching) void refetch();
  }, [isBehind, isFetching, refetch]);
  return journal;
}

export function Journal({ portfolio }: { portfolio: Portfolio }) {
  const journal = useJournal(portfolio.id);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = journal;
  return (
    <Section title="Journal" act={<ExportLedger portfolio={portfolio} />}>
      <Shown of={journal}>
        {({ pages }) => {
          const all = pages.flatMap((each) => each.items);
          if (all.length === 0) {
            return (
              <EmptyState>
                Nothing is booked yet. Deposits, fills, dividends and what you post or import will stand here,
                each with the lines that it moves.
              </EmptyState>
            );
          }
          return (
            <VirtualList
              label="Bookings, newest first"
              items={all}
              keyOf={(each) => each.id}
              more={hasNextPage}
              onEnd={() => {
                if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
              }}
            >
              {(each) => <EntryRow entry={each} portfolio={portfolio} />}
            </VirtualList>
          );
        }}
      </Shown>
    </Section>
  );
}

interface RowProps {
  entry: Entry;
  portfolio: Portfolio;
}

function EntryRow({ entry, portfolio }: RowProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="border-b border-line"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary className="flex min-h-10 cursor-pointer flex-wrap items-baseline gap-x-3 py-2">
        <span className="w-20 shrink-0 text-small">
          <Ago at={entry.at} />
        </span>
        <span className={`min-w-0 grow basis-60 ${entry.reversed ? "text-quiet line-through" : ""}`}>
          {entry.sentence}
        </span>
        {entry.reversed && <Tag>reversed</Tag>}
        <Tag>{entry.kind.replaceAll("_", " ")}</Tag>
      </summary>
      {isOpen && <Lines entry={entry} portfolio={portfolio} />}
    </details>
  );
}
