/** What should I do this month? */

import { api } from "~/api/client";
import { ScreenHead, Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { NoPortfolio } from "~/screens/portfolio/NoPortfolio";
import { ADVISING } from "~/screens/runs/kinds";
import { Runs } from "~/screens/runs/Runs";
import { usePortfolio, type Portfolio } from "~/shell/portfolio";
import { Earlier } from "./Earlier";
import { RunNow } from "./RunNow";
import { Ticket } from "./Ticket";
import { Triggers } from "./Triggers";
import { isOpen, type Recommendation } from "./words";

export function Advice({ looked }: { looked?: string }) {
  const portfolio = usePortfolio();
  if (portfolio === undefined) {
    return <NoPortfolio title="Advice">What its rules advise, month by month, will stand here.</NoPortfolio>;
  }
  return <OfPortfolio key={portfolio.id} portfolio={portfolio} looked={looked} />;
}

function OfPortfolio({ portfolio, looked }: { portfolio: Portfolio; looked?: string }) {
  const advice = api.useQuery("get", "/recommendations", {
    params: { query: { portfolio_id: portfolio.id, limit: 50 } },
  });
  return (
    <>
      <ScreenHead title="Advice" act={<RunNow portfolio={portfolio} />}>
        <Shown of={advice} rows={1}>
          {({ items }) => <p role="status">{answer(items)}</p>}
        </Shown>
      </ScreenHead>
      {advice.data && <Looked all={advice.data.items} looked={looked} />}
      <Triggers portfolio={portfolio} />
      <Runs portfolio={portfolio} kinds={ADVISING}>
        No run yet. A weekly review looks, a monthly run spends what came in, a quarterly one brings back what
        has strayed; each will say here what it came to.
      </Runs>
    </>
  );
}

function Looked({ all, looked }: { all: Recommendation[]; looked?: string }) {
  const shown = all.find((each) => each.id === looked) ?? all.find(isOpen) ?? all[0];
  if (shown === undefined) {
    return (
      <Section title="Orders">
        <EmptyState>
          The orders that your rules ask for will stand here, each with its reason. A run makes them: start
          one above, or let the schedule do it.
        </EmptyState>
      </Section>
    );
  }
  return (
    <>
      <Ticket key={shown.id} advice={shown} />
      <Earlier all={all.filter((each) => each.id !== shown.id)} />
    </>
  );
}

function answer(all: Recommendation[]): string {
  const open = all.filter(isOpen);
  if (open.length === 0) return "Nothing is wanted of you: no advice is open.";
  const [first] = open;
  return `${first?.sentence ?? ""}${open.length > 1 ? ` ${open.length - 1} more wait below.` : ""}`;
}
