/** The head of the page: which portfolio, which money, and the few things that are always at hand. */

import { Link, useNavigate } from "@tanstack/react-router";
import { useLine } from "~/api/live";
import { Button } from "~/parts/Button";
import { Tag } from "~/parts/Chips";
import { usePortfolio, usePortfolios } from "./portfolio";
import { SignedIn } from "./SignedIn";
import { toggleTheme, useTheme } from "./theme";

const WORDS = { paper: "paper", live: "live money", "by hand": "real money, by hand" };

export function Header({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const portfolio = usePortfolio();
  const theme = useTheme();
  const line = useLine();
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 max-sm:contents">
        <span className="font-semibold">Ballast</span>
        <PortfolioChoice />
        {portfolio && (
          <span className="flex gap-2">
            <Link to="/portfolio" title="Whose money this is">
              <Tag tone={portfolio.money === "paper" ? "quiet" : "accent"}>{WORDS[portfolio.money]}</Tag>
            </Link>
            {portfolio.frozen && <Tag tone="vermilion">frozen</Tag>}
          </span>
        )}
      </div>
      <div className="flex items-center gap-2 max-sm:ml-auto">
        <span
          className="text-small text-quiet"
          title={line === "listening" ? "News come by themselves." : "Asked again every few seconds."}
        >
          <span aria-hidden="true">{line === "listening" ? "●" : "○"}</span>{" "}
          <span className="max-sm:sr-only">{line === "listening" ? "live" : "asking"}</span>
        </span>
        <Button onClick={onSearch} aria-keyshortcuts="/">
          Search
        </Button>
        <Button onClick={toggleTheme} aria-label={theme === "dark" ? "Light colours" : "Dark colours"}>
          {theme === "dark" ? "☀" : "☾"}
        </Button>
        <Button onClick={onHelp} aria-label="Keys" aria-keyshortcuts="?">
          ?
        </Button>
        <SignedIn />
      </div>
    </header>
  );
}

function PortfolioChoice() {
  const all = usePortfolios().data?.items ?? [];
  const portfolio = usePortfolio();
  const navigate = useNavigate();
  if (!portfolio) return null;
  if (all.length === 1) return <span className="truncate">{portfolio.name}</span>;
  return (
    <select
      aria-label="Portfolio"
      value={portfolio.id}
      onChange={(event) => void navigate({ to: ".", search: { portfolio: event.target.value } })}
      className="min-h-10 max-w-48 rounded sm:max-w-96 border border-line bg-raised px-2"
    >
      {all.map((each) => (
        <option key={each.id} value={each.id}>
          {each.name}
          {each.clock === "replay" ? " (replay)" : ""}
        </option>
      ))}
    </select>
  );
}
