/** What was done for the portfolio by schedule, by hand or because something happened. */

import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { ButtonLink } from "~/parts/Button";
import { Tag } from "~/parts/Chips";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { usePortfolio } from "~/shell/portfolio";
import { nameOf } from "./kinds";

type Run = Schemas["Run"];

const TONES = {
  queued: ["plain", "quiet", "waits"],
  running: ["plain", "accent", "under way"],
  success: ["accent", "accent", "done"],
  no_action: ["plain", "quiet", "nothing to do"],
  blocked_frozen: ["amber", "amber", "kept back by a freeze"],
  blocked_dq: ["amber", "amber", "kept back by bad data"],
  failed: ["vermilion", "vermilion", "failed"],
} as const;

export function Runs() {
  const portfolio = usePortfolio();
  const runs = api.useQuery(
    "get",
    "/portfolios/{portfolio_id}/runs",
    { params: { path: { portfolio_id: portfolio?.id ?? "" }, query: { asked: true, limit: 20 } } },
    { enabled: portfolio !== undefined },
  );
  return (
    <Section title="Runs">
      <Shown of={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>
              Nothing has run yet. What schedules and people ask for stands here, with what came of it.
            </EmptyState>
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
  const [edge, tone, word] = TONES[run.status];
  return (
    <Row
      edge={edge}
      act={
        <>
          {run.recommendation_id !== null && (
            <ButtonLink to="/advice" search={{ advice: run.recommendation_id }}>
              Recommendation
            </ButtonLink>
          )}
          <Tag tone={tone}>{word}</Tag>
        </>
      }
    >
      <p>
        {nameOf(run.kind)} <Ago at={run.ended_at ?? run.started_at ?? run.requested_at} />
      </p>
      {run.summary && <Beneath>{run.summary}</Beneath>}
    </Row>
  );
}
