/** Is everything all right, and is anything wanted of me? */

import { api, type Schemas } from "~/api/client";
import { ButtonLink } from "~/parts/Button";
import { ScreenHead, Section } from "~/parts/Section";
import { Standing } from "~/parts/Standing";
import { EmptyState } from "~/parts/Told";
import { ForYou } from "./ForYou";
import { FreezeAll } from "./FreezeAll";
import { LastEvents } from "./LastEvents";
import { PortfolioGlance } from "./PortfolioGlance";

export function Today() {
  const today = api.useQuery("get", "/today");
  return (
    <>
      <ScreenHead title="Today" act={<FreezeAll />}>
        <Standing of={today} />
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
        <EmptyState
          act={
            <ButtonLink look="main" to="/portfolios/new">
              Open a portfolio
            </ButtonLink>
          }
        >
          There is no portfolio yet. A portfolio holds cash and positions; its value and its guardrails will
          stand here.
        </EmptyState>
      )}
    </>
  );
}
