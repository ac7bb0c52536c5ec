/** Waves and sunsets: which can fire, and which are used up and may be let fire again. */

import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { ReasonDialog } from "~/parts/ReasonDialog";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import type { Portfolio } from "~/shell/portfolio";

type Trigger = Schemas["Trigger"];

const STATES = {
  available: ["plain", "quiet", "can fire"],
  recommended: ["accent", "accent", "recommended"],
  consumed: ["plain", "amber", "used up"],
} as const;

/** Nothing where the rules have none. */
export function Triggers({ portfolio }: { portfolio: Portfolio }) {
  const triggers = api.useQuery("get", "/portfolios/{portfolio_id}/triggers", {
    params: { path: { portfolio_id: portfolio.id } },
  });
  const all = triggers.data?.items ?? [];
  if (all.length === 0) return null;
  return (
    <Section title="Waves and sunsets">
      <Rows label="Waves and sunsets">
        {all.map((each) => (
          <Line key={each.code} trigger={each} portfolio={portfolio} />
        ))}
      </Rows>
    </Section>
  );
}

function Line({ trigger, portfolio }: { trigger: Trigger; portfolio: Portfolio }) {
  const [edge, tone, word] = STATES[trigger.status];
  return (
    <Row
      edge={edge}
      act={
        <>
          <Tag tone={tone}>{word}</Tag>
          {trigger.status === "consumed" && <Release code={trigger.code} portfolio={portfolio} />}
        </>
      }
    >
      <p>{trigger.sentence}</p>
      {trigger.changed_at && (
        <Beneath>
          since <Ago at={trigger.changed_at} />
        </Beneath>
      )}
    </Row>
  );
}

function Release({ code, portfolio }: { code: string; portfolio: Portfolio }) {
  const release = api.useMutation("post", "/portfolios/{portfolio_id}/triggers/release");
  return (
    <ReasonDialog
      button="Release"
      title={`Let ${code} fire again?`}
      says="What it advised stays booked. The next run may advise it once more, with the money that is there then."
      command={release}
      send={(reason) =>
        release.mutateAsync({
          params: { path: { portfolio_id: portfolio.id } },
          body: { codes: [code], reason },
        })
      }
    />
  );
}
