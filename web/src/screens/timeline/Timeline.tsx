/** What happened, and what did not? */

import { useCallback, useEffect, useMemo } from "react";
import { Button } from "~/parts/Button";
import { Chips } from "~/parts/Chips";
import { ScreenHead } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { VirtualList } from "~/parts/VirtualList";
import { usePortfolio } from "~/shell/portfolio";
import { byDay } from "./days";
import { EventRow } from "./EventRow";
import { asked, beginning, TOPICS, type Filters } from "./filters";
import { Narrowed } from "./Narrowed";
import { renew, usePast, useSince } from "./past";

const AT_THE_TOP_PX = 80;

interface Props {
  filters: Filters;
  onFilter: (change: Partial<Filters>) => void;
}

export function Timeline({ filters, onFilter }: Props) {
  const portfolio = usePortfolio();
  const wanted = asked(filters, portfolio?.id);
  const past = usePast(wanted, beginning(filters));
  const events = useMemo(() => past.data?.pages.flatMap((each) => each.items) ?? [], [past.data]);
  const rows = useMemo(() => byDay(events), [events]);
  const since = useSince(
    wanted,
    past.isSuccess && filters.until === undefined ? (events[0]?.number ?? 0) : undefined,
  );
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = past;
  const further = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  useEffect(() => {
    // Who looks at the top sees what comes; who reads further down is not moved.
    if (since && window.scrollY < AT_THE_TOP_PX && filters.event === undefined) renew(wanted);
  });

  return (
    <>
      <ScreenHead title="Timeline">What happened, what did not, and why.</ScreenHead>
      <div className="flex flex-col gap-3">
        <Chips
          label="About"
          all={TOPICS}
          chosen={filters.about ?? []}
          onChange={(about) => {
            onFilter({ about: about.length > 0 ? about : undefined });
          }}
        />
        <Narrowed filters={filters} onFilter={onFilter} />
        <div aria-live="polite">
          {since ? (
            <Button
              onClick={() => {
                renew(wanted);
                window.scrollTo({ top: 0 });
              }}
            >
              Show {since === 100 ? "100 or more" : since} new
            </Button>
          ) : null}
        </div>
      </div>
      <Shown of={{ data: past.data, error: past.error, isPlaceholderData: false }} rows={12}>
        {() =>
          rows.length === 0 ? (
            <EmptyState>
              Nothing of this kind has happened. Decisions, orders, skips and what people did will stand here,
              each with its reason.
            </EmptyState>
          ) : (
            <VirtualList
              label="Events"
              items={rows}
              keyOf={(each) => each.key}
              onEnd={further}
              more={hasNextPage}
            >
              {(row) =>
                row.kind === "day" ? (
                  <h2 className="flex min-h-10 items-end border-b border-line pb-1">{row.day}</h2>
                ) : (
                  <EventRow
                    event={row.event}
                    open={row.event.number === filters.event}
                    onToggle={(open) => {
                      onFilter({ event: open ? row.event.number : undefined });
                    }}
                  />
                )
              }
            </VirtualList>
          )
        }
      </Shown>
    </>
  );
}
