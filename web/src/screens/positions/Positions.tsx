/** What is each position doing? */

import { useCallback, useEffect } from "react";
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
  if (portfolios.data?.items.length === 0) {
    return <NoPortfolio title="Positions">What each position is doing will stand here.</NoPortfolio>;
  }
  const act = portfolio && <OpenPosition key={listing} portfolio={portfolio} listing={listing} />;
  return (
    <>
      <ScreenHead title="Positions" act={act}>
        What each is doing, and what it would do next.
      </ScreenHead>
      {portfolio && <Cards key={portfolio.id} portfolioId={portfolio.id} />}
    </>
  );
}

function Cards({ portfolioId }: { portfolioId: string }) {
  const { cards, hasMore, first, further, look } = useCards(portfolioId);
  const open = cards.filter(({ card }) => card.status !== "closed");
  const pages = open.map((each) => each.page).join(",");
  const onSight = useCallback(
    (from: number, to: number) => {
      const page = pages.split(",").map(Number);
      look(page[from] ?? 0, page[to] ?? page.at(-1) ?? 0);
    },
    [pages, look],
  );

  useEffect(() => {
    if (open.length < AT_ONCE) further();
  }, [open.length, further]);

  return (
    <Shown of={first} rows={8}>
      {() =>
        open.length === 0 && !hasMore ? (
          <EmptyState>
            No position is open in this portfolio. Each will stand here with its price, its band and what it
            would do next.
          </EmptyState>
        ) : (
          <VirtualList
            label="Positions"
            items={open}
            keyOf={({ card }) => card.id}
            onEnd={further}
            onSight={onSight}
            more={hasMore}
            estimate={160}
          >
            {({ card }) => <PositionRow card={card} />}
          </VirtualList>
        )
      }
    </Shown>
  );
}
