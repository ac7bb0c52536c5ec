/** What was done for a portfolio by schedule, by hand or because something happened, and what came of each. */

import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { ButtonLink } from "~/parts/Button";
import { Tag } from "~/parts/Chips";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";
import { nameOf, type Kind } from "./kinds";

type Run = Schemas["Run"];

const SHOWN_MAX = 20;
const LOOK_AGAIN_MS = 1_000;

const STATES = {
  queued: ["plain", "quiet", "waits"],
  running: ["plain", "accent", "under way"],
  success: ["accent", "accent", "done"],
  no_action: ["plain", "quiet", "nothing to do"],
  blocked_frozen: ["amber", "amber", "kept back by a freeze"],
  blocked_dq: ["amber", "amber", "kept back by bad data"],
  failed: ["vermilion", "vermilion", "failed"],
} as const;

const UNTOLD: Partial<Record<Run["status"], string>> = {
  queued: "Waits for a worker.",
  running: "Works it out…",
};

interface Props {
  portfolio: Portfolio;
  /** Only these; left out, all that somebody or a schedule has asked for. */
  kinds?: readonly Kind[];
  /** What will stand here. */
  children: string;
}

export function Runs({ portfolio, kinds, children }: Props) {
  const wanted = kinds === undefined ? { asked: true } : { kind: [...kinds] };
  const runs = api.useQuery(
    "get",
    "/portfolios/{portfolio_id}/runs",
    { params: { path: { portfolio_id: portfolio.id }, query: { ...wanted, limit: SHOWN_MAX } } },
    { refetchInterval: ({ state }) => (state.data?.items.some(isGoing) ? LOOK_AGAIN_MS : false) },
  );
  return (
    <Section title="Runs">
      <Shown of={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>{children}</EmptyState>
          ) : (
            <Rows label="Runs">
              {items.map((each) => (
                <Line key={each.id} run={each} />
              ))}
            </Rows>
          )
        }
      </Shown>
    </Section>
  );
}

function Line({ run }: { run: Run }) {
  const [edge, tone, word] = STATES[run.status];
  const said = run.summary ?? UNTOLD[run.status];
  return (
    <Row
      edge={edge}
      act={
        <>
          {run.recommendation_id !== null && (
            <ButtonLink to="/advice" search={{ advice: run.recommendation_id }}>
              Its advice
            </ButtonLink>
          )}
          <Tag tone={tone}>{word}</Tag>
        </>
      }
    >
      <p role={isGoing(run) ? "status" : undefined}>
        {nameOf(run.kind)} <Ago at={run.ended_at ?? run.started_at ?? run.requested_at} />
      </p>
      {said && <Beneath>{said}</Beneath>}
    </Row>
  );
}

function isGoing(run: Run): boolean {
  return run.status === "queued" || run.status === "running";
}
