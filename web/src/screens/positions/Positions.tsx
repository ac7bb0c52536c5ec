/** What is each position doing? */

import { useCallback, useEffect, useMemo } from "react";
import { ScreenHead } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { VirtualList } from "~/parts/VirtualList";
import { NoPortfolio } from "~/screens/portfolio/NoPortfolio";
import { usePortfolio, usePortfolios } from "~/shell/portfolio";
import { useCards } from "./cards";
import { OpenPosition } from "./OpenPosition";
import { PositionRow } from "./PositionRow";

/** So many open ones are looked for at once, past those that were closed. */
const AT_ONCE = 20;

export function Positions({ listing }: { listing?: string }) {
  const portfolio = usePortfolio();
  const portfolios = usePortfolios();
  const cards = useCards(portfolio?.id);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = cards;
  const open = useMemo(
    () => data?.pages.flatMap((each) => each.items).filter((each) => each.status !== "closed") ?? [],
    [data],
  );
  const further = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  useEffect(() => {
    if (open.length < AT_ONCE) further();
  }, [open.length, further]);

  if (portfolios.data?.items.length === 0) {
    return <NoPortfolio title="Positions">What each position is doing will stand here.</NoPortfolio>;
  }
  const act = portfolio && <OpenPosition key={listing} portfolio={portfolio} listing={listing} />;
  return (
    <>
      <ScreenHead title="Positions" act={act}>
        What each is doing, and what it would do next.
      </ScreenHead>
      <Shown of={cards} rows={8}>
        {() =>
          open.length === 0 && !hasNextPage ? (
            <EmptyState>
              No position is open in this portfolio. Each will stand here with its price, its band and what it
              would do next.
            </EmptyState>
          ) : (
            <VirtualList
              label="Positions"
              items={open}
              keyOf={(each) => each.id}
              onEnd={further}
              more={hasNextPage}
              estimate={160}
            >
              {(each) => <PositionRow card={each} />}
            </VirtualList>
          )
        }
      </Shown>
    </>
  );
}
