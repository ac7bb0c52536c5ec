/** Whose money does this portfolio move, by whom, and who sees it? */

import { ButtonLink } from "~/parts/Button";
import { ScreenHead, Section } from "~/parts/Section";
import { usePortfolio } from "~/shell/portfolio";
import { Broker } from "./Broker";
import { Members } from "./Members";
import { NoPortfolio } from "./NoPortfolio";
import { Rename } from "./Rename";

const ANSWERS = {
  paper: "It moves play money: no order that counts leaves it.",
  live: "It moves real money: its orders are executed at your broker.",
  "by hand": "It counts real money that you move by hand: Ballast advises, and orders nothing.",
};

export function Portfolio() {
  const portfolio = usePortfolio();
  if (portfolio === undefined) {
    return (
      <NoPortfolio title="Portfolio">
        It holds cash and positions, on paper first; whose money it moves will stand here.
      </NoPortfolio>
    );
  }
  return (
    <>
      <ScreenHead
        title={portfolio.name}
        act={
          <>
            <Rename key={portfolio.id} portfolio={portfolio} />
            <ButtonLink to="/portfolios/new">Open another</ButtonLink>
          </>
        }
      >
        {ANSWERS[portfolio.money]}
      </ScreenHead>
      {portfolio.mode === "automatic" && portfolio.clock === "live" ? (
        <Broker key={portfolio.id} portfolio={portfolio} />
      ) : (
        <Section title="Broker">
          <p className="max-w-prose text-quiet">
            No broker can be connected: {portfolio.clock === "replay" ? "a replay" : "an advisory portfolio"}{" "}
            sends no orders.
          </p>
        </Section>
      )}
      <Members key={`members ${portfolio.id}`} portfolio={portfolio} />
    </>
  );
}
