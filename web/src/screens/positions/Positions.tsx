/** What is each position doing? */

import { api } from "~/api/client";
import { ScreenHead } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { VirtualList } from "~/parts/VirtualList";
import { usePortfolio } from "~/shell/portfolio";
import { OpenPosition } from "./OpenPosition";
import { PositionRow } from "./PositionRow";

const SHOWN_MAX = 1000;

export function Positions({ listing }: { listing?: string }) {
  const portfolio = usePortfolio();
  const cards = api.useQuery(
    "get",
    "/positions",
    { params: { query: { portfolio_id: portfolio?.id, sentences: true, limit: SHOWN_MAX } } },
    { enabled: portfolio !== undefined },
  );
  const open = cards.data?.items.filter((each) => each.status !== "closed") ?? [];
  const act = portfolio && <OpenPosition key={listing} portfolio={portfolio} listing={listing} />;
  return (
    <>
      <ScreenHead title="Positions" act={act}>
        What each is doing, and what it would do next.
      </ScreenHead>
      <Shown of={cards} rows={8}>
        {() =>
          open.length === 0 ? (
            <EmptyState>
              No position is open in this portfolio. Each will stand here with its price, its band and what it
              would do next.
            </EmptyState>
          ) : (
            <VirtualList label="Positions" items={open} keyOf={(each) => each.id} estimate={160}>
              {(each) => <PositionRow card={each} />}
            </VirtualList>
          )
        }
      </Shown>
    </>
  );
}
