/** Heads of the chain that lie outside of the database: a log that was written anew does not lead to them. */

import type { Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Section } from "~/parts/Section";
import { EmptyState } from "~/parts/Told";
import { number } from "~/numbers/format";

export function Heads({ chain }: { chain: Schemas["ChainStanding"] }) {
  return (
    <Section title={chain.heads_kept > 0 ? `Heads kept: ${number(String(chain.heads_kept))}` : "Heads kept"}>
      {chain.heads.length === 0 ? (
        <EmptyState>
          No head of the chain lies outside of the database yet. One is kept every hour in which something
          happens, in the file that BALLAST_AUDIT_HEADS names.
        </EmptyState>
      ) : (
        <ol aria-label="Heads kept">
          {chain.heads.map((each) => (
            <li
              key={each.number}
              className="grid min-h-10 grid-cols-[5rem_1fr] items-baseline gap-x-4 border-b border-line py-2 sm:grid-cols-[6rem_8rem_1fr]"
            >
              <span className="text-small">
                <Ago at={each.at} />
              </span>
              <span>event {number(String(each.number))}</span>
              <span className="col-span-full min-w-0 font-mono text-small break-all text-quiet sm:col-span-1">
                {each.hash}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
