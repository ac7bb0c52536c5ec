/** Every step of the policies, by their hashes. */

import { api } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Section } from "~/parts/Section";
import { Shown } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";

export function History({ portfolio }: { portfolio: Portfolio }) {
  const steps = api.useQuery("get", "/portfolios/{portfolio_id}/policy/history", {
    params: { path: { portfolio_id: portfolio.id } },
  });
  return (
    <Section title="Archive">
      <Shown of={steps}>
        {({ items }) => (
          <ol>
            {items.map((each) => (
              <li
                key={each.status + each.policy_hash + each.at}
                className="flex min-h-10 flex-wrap items-baseline gap-x-3 border-b border-line py-2"
              >
                <span className="w-20 shrink-0 text-small">
                  <Ago at={each.at} />
                </span>
                <span className="grow">
                  Version {each.version}: {each.status}, by {each.by}
                </span>
                <a
                  className="text-small text-accent underline"
                  href={`/policies/${each.policy_hash}`}
                  title={each.policy_hash}
                >
                  <code>{each.policy_hash.slice(0, 8)}</code>
                </a>
              </li>
            ))}
          </ol>
        )}
      </Shown>
    </Section>
  );
}
