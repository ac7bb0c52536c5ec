/** Is everything all right, and is anything wanted of me? */

import { api, type Schemas } from "~/api/client";
import { ScreenHead, Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { ForYou } from "./ForYou";
import { FreezeAll } from "./FreezeAll";
import { LastEvents } from "./LastEvents";
import { PortfolioGlance } from "./PortfolioGlance";

const TONES = { quiet: "", look: "text-amber", stopped: "text-vermilion font-semibold" };

export function Today() {
  const today = api.useQuery("get", "/today");
  return (
    <>
      <ScreenHead title="Today" act={<FreezeAll />}>
        <Shown of={today} rows={1}>
          {({ state, sentence }) => (
            <p role="status" className={TONES[state]}>
              {sentence}
            </p>
          )}
        </Shown>
      </ScreenHead>
      {today.data && <Content today={today.data} />}
      <LastEvents />
    </>
  );
}

function Content({ today }: { today: Schemas["Today"] }) {
  return (
    <>
      {today.for_you.length > 0 && (
        <Section title="For you">
          <ForYou wanted={today.for_you} />
        </Section>
      )}
      {today.portfolios.map((each) => (
        <PortfolioGlance key={each.id} portfolio={each} />
      ))}
      {today.portfolios.length === 0 && (
        <EmptyState>
          There is no portfolio yet. A portfolio holds cash and positions; its value and its guardrails will
          stand here.
        </EmptyState>
      )}
    </>
  );
}
