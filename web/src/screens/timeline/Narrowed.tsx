/** To what the timeline is narrowed beside its topics, each with a way back. */

import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import type { Filters } from "./filters";

interface Props {
  filters: Filters;
  onFilter: (change: Partial<Filters>) => void;
}

export function Narrowed({ filters, onFilter }: Props) {
  const position = api.useQuery(
    "get",
    "/positions/{position_id}",
    { params: { path: { position_id: filters.position ?? "" } } },
    { enabled: filters.position !== undefined },
  );
  if (!filters.position && !filters.order && !filters.run && filters.until === undefined) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {filters.position && (
        <Less
          onClick={() => {
            onFilter({ position: undefined, order: undefined });
          }}
        >
          only {position.data?.listing.symbol ?? "one position"}
        </Less>
      )}
      {filters.order && (
        <Less
          onClick={() => {
            onFilter({ order: undefined });
          }}
        >
          only one order
        </Less>
      )}
      {filters.run && (
        <Less
          onClick={() => {
            onFilter({ run: undefined });
          }}
        >
          only one run
        </Less>
      )}
      {filters.until !== undefined && (
        <Less
          onClick={() => {
            onFilter({ until: undefined });
          }}
        >
          up to event {filters.until}
        </Less>
      )}
    </div>
  );
}

function Less({ children, onClick }: { children: React.ReactNode; onClick: () => void }) {
  return (
    <Button onClick={onClick}>
      {children} <span aria-hidden="true">×</span>
      <span className="sr-only">: show everything again</span>
    </Button>
  );
}
