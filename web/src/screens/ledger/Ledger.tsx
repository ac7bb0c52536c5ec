/** Where is my money? */

import { ScreenHead } from "~/parts/Section";
import { NoPortfolio } from "~/screens/portfolio/NoPortfolio";
import { usePortfolio, type Portfolio } from "~/shell/portfolio";
import { Balances } from "./Balances";
import { Journal } from "./Journal";
import { MoveCash } from "./MoveCash";
import { PostEntry } from "./PostEntry";
import { Statements } from "./Statements";

export function Ledger() {
  const portfolio = usePortfolio();
  if (portfolio === undefined) {
    return <NoPortfolio title="Ledger">What it holds, and every booking, will stand here.</NoPortfolio>;
  }
  return <OfPortfolio key={portfolio.id} portfolio={portfolio} />;
}

function OfPortfolio({ portfolio }: { portfolio: Portfolio }) {
  return (
    <>
      <ScreenHead
        title="Ledger"
        act={
          <>
            <MoveCash portfolio={portfolio} />
            <PostEntry portfolio={portfolio} />
          </>
        }
      >
        Where the money of {portfolio.name} is, and every booking that brought it there.
      </ScreenHead>
      <Balances portfolio={portfolio} />
      <Statements portfolio={portfolio} />
      <Journal portfolio={portfolio} />
    </>
  );
}
