/** What a job that was given up was to do something about, as far as it is one's own: each a link to it. */

import { Link, linkOptions } from "@tanstack/react-router";
import type { Schemas } from "~/api/client";

type Subject = Schemas["GivenUpAbout"];

const SHOWN_MAX = 6;

export function AboutWhat({ all }: { all: Subject[] }) {
  if (all.length === 0) return null;
  const more = all.length - SHOWN_MAX;
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-small">
      {all.slice(0, SHOWN_MAX).map((each) => {
        const { words, to } = wayTo(each);
        return (
          <Link key={each.id} {...to} className="text-accent underline">
            {words}
          </Link>
        );
      })}
      {more > 0 && <span className="text-quiet">and {more} more</span>}
    </p>
  );
}

function wayTo({ kind, id, portfolio_id, position_id, name }: Subject) {
  const portfolio = portfolio_id ?? undefined;
  const called = name.replaceAll("_", " ");
  switch (kind) {
    case "order": {
      const search = { portfolio, position: position_id ?? undefined, order: id };
      return { words: `The order for ${name}`, to: linkOptions({ to: "/timeline", search }) };
    }
    case "position": {
      const to = linkOptions({
        to: "/positions/$positionId",
        params: { positionId: id },
        search: { portfolio },
      });
      return { words: `The position in ${name}`, to };
    }
    case "portfolio":
      return { words: name, to: linkOptions({ to: "/portfolio", search: { portfolio } }) };
    case "run":
      return {
        words: `The run: ${called}`,
        to: linkOptions({ to: "/timeline", search: { portfolio, run: id } }),
      };
    case "recommendation":
      return {
        words: `The advice: ${called}`,
        to: linkOptions({ to: "/advice", search: { portfolio, advice: id } }),
      };
  }
}
