/** Other recommendations, newest first, each a link to its ticket. */

import { Link } from "@tanstack/react-router";
import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { Section } from "~/parts/Section";
import { nameOf } from "~/screens/runs/kinds";
import { stateOf, type Recommendation } from "./words";

export function Earlier({ all }: { all: Recommendation[] }) {
  if (all.length === 0) return null;
  return (
    <Section title="Other advice">
      <ul>
        {all.map((each) => {
          const { words, tone } = stateOf(each);
          return (
            <li
              key={each.id}
              className="flex min-h-10 flex-wrap items-baseline gap-x-3 border-b border-line py-2"
            >
              <span className="w-20 shrink-0 text-small">
                <Ago at={each.proposed_at} />
              </span>
              <Link to="/advice" search={{ advice: each.id }} className="text-accent underline">
                {nameOf(each.kind)}
              </Link>
              <span className="min-w-0 grow">{each.sentence}</span>
              <Tag tone={tone}>{words}</Tag>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
