/** The runs that advise, with what each came to: a blocked one says by what. */

import { Link } from "@tanstack/react-router";
import { api } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";
import { ADVISING, called, isGoing, stateOfRun, type Run } from "./words";

const LOOK_AGAIN_MS = 1_000;

export function Runs({ portfolio }: { portfolio: Portfolio }) {
  const runs = api.useQuery(
    "get",
    "/portfolios/{portfolio_id}/runs",
    {
      params: {
        path: { portfolio_id: portfolio.id },
        query: { kind: ADVISING.map((each) => each.kind), limit: 20 },
      },
    },
    { refetchInterval: ({ state }) => (state.data?.items.some(isGoing) ? LOOK_AGAIN_MS : false) },
  );
  return (
    <Section title="Runs">
      <Shown of={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>
              No run yet. A weekly review looks, a monthly run spends what came in, a quarterly one brings
              back what has strayed; each will say here what it came to.
            </EmptyState>
          ) : (
            <ol>
              {items.map((each) => (
                <RunLine key={each.id} run={each} />
              ))}
            </ol>
          )
        }
      </Shown>
    </Section>
  );
}

function RunLine({ run }: { run: Run }) {
  const { words, tone } = stateOfRun(run);
  return (
    <li className="flex min-h-10 flex-wrap items-baseline gap-x-3 border-b border-line py-2">
      <span className="w-20 shrink-0 text-small">
        <Ago at={run.requested_at} />
      </span>
      <span className="w-28 shrink-0">{called(run.kind)}</span>
      <span className="max-w-prose min-w-0 grow basis-60" role={isGoing(run) ? "status" : undefined}>
        {run.summary ?? (run.status === "queued" ? "Waits for a worker." : "Works it out…")}{" "}
        {run.recommendation_id && (
          <Link to="/advice" search={{ advice: run.recommendation_id }} className="text-accent underline">
            its advice
          </Link>
        )}
      </span>
      <Tag tone={tone}>{words}</Tag>
    </li>
  );
}
