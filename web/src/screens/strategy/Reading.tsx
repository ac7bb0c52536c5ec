/** The manifesto beside the policy; a figure that is pointed at in one is marked in the other. */

import { useIsMutating } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Schemas } from "~/api/client";
import { Section } from "~/parts/Section";
import { Shown } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";
import { Figure, type Pointing } from "./Figure";
import { Prose } from "./Prose";

interface Props {
  portfolio: Portfolio;
  version: "active" | "draft";
}

export function Reading({ portfolio, version }: Props) {
  // While a draft is being approved nobody may ask for it: it is no draft any more.
  const acting = useIsMutating() > 0;
  const page = api.useQuery(
    "get",
    "/portfolios/{portfolio_id}/policy/manifesto",
    { params: { path: { portfolio_id: portfolio.id }, query: { version } } },
    { enabled: !acting },
  );
  return <Shown of={page}>{(each) => <SideBySide page={each} />}</Shown>;
}

function SideBySide({ page }: { page: Schemas["ManifestoPage"] }) {
  const [hovered, setHovered] = useState<string | null>(null);
  const [pinned, setPinned] = useState<string | null>(null);
  const pointing: Pointing = { at: hovered ?? pinned, pinned, onHover: setHovered, onPin: setPinned };
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <div className="lg:sticky lg:top-4 lg:self-start">
        <Section title="Manifesto">
          {page.pieces.length === 0 ? (
            <p className="max-w-prose text-quiet">
              No manifesto yet: why you own what you own. Write it in the editor; a figure of the policy
              stands in it as <code>{"{{targets.core}}"}</code>.
            </p>
          ) : (
            <Prose pieces={page.pieces} pointing={pointing} />
          )}
          {page.problems.map((each) => (
            <p key={each.line + each.sentence} className="text-small text-amber">
              Line {each.line}: {each.sentence}
            </p>
          ))}
        </Section>
      </div>
      <Section
        title="The policy's figures"
        act={<code title={page.policy_hash}>{page.policy_hash.slice(0, 8)}</code>}
      >
        {groups(page.figures).map(([name, figures]) => (
          <details key={name} open={FIRST.includes(name) || figures.some(({ path }) => path === pinned)}>
            <summary className="cursor-pointer py-1 font-semibold">{name.replaceAll("_", " ")}</summary>
            <dl>
              {figures.map((each) => (
                <div
                  key={each.path}
                  className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-1"
                >
                  <dt className="min-w-0 text-quiet">{called(each.path, name)}</dt>
                  <dd className="min-w-0 text-right">
                    <Figure path={each.path} pointing={pointing}>
                      {each.percent ?? each.value}
                    </Figure>
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        ))}
      </Section>
    </div>
  );
}

/** What is looked at most comes first; the rest is folded. */
const FIRST = ["targets", "cadence", "triggers", "cash_park"];

function groups(figures: Schemas["PolicyFigure"][]): [string, Schemas["PolicyFigure"][]][] {
  const found = new Map<string, Schemas["PolicyFigure"][]>();
  for (const each of figures) {
    const name = /[.[]/.test(each.path) ? (each.path.split(/[.[]/)[0] ?? "") : "policy";
    found.set(name, [...(found.get(name) ?? []), each]);
  }
  const place = ([name]: [string, unknown]) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return [...found].sort((one, other) => place(one) - place(other));
}

/** "monthly, max orders" for `cadence.monthly.max_orders` under the heading "cadence". */
function called(path: string, group: string): string {
  const rest = path.startsWith(group) ? path.slice(group.length) : path;
  return rest
    .split(/[.[\]]+/)
    .filter(Boolean)
    .join(", ")
    .replaceAll("_", " ");
}
