/** One recommendation as a short order ticket: what to do, what that changes, what was left out, who thinks what. */

import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { Section } from "~/parts/Section";
import { Acts } from "./Acts";
import { Opinion } from "./Opinion";
import { Order } from "./Order";
import { SleeveBars } from "./SleeveBars";
import { nameOf } from "~/screens/runs/kinds";
import { inWords, isOpen, stateOf, type Recommendation } from "./words";

export function Ticket({ advice }: { advice: Recommendation }) {
  const { words, tone } = stateOf(advice);
  return (
    <>
      <Section title={`${nameOf(advice.kind)}: the orders`} act={<Tag tone={tone}>{words}</Tag>}>
        <p className="text-small text-quiet">
          Proposed <Ago at={advice.proposed_at} />
          {advice.triggers.length > 0 && <> · uses {advice.triggers.map(inWords).join(", ")}</>}
        </p>
        {advice.lines.length === 0 ? (
          <p>{advice.sentence}</p>
        ) : (
          <ol className="rounded border border-line bg-raised">
            {advice.lines.map((line) => (
              <Order key={line.id} advice={advice} line={line} />
            ))}
          </ol>
        )}
        <Acts advice={advice} open={isOpen(advice)} />
      </Section>
      {advice.sleeves.length > 0 && (
        <Section title="Before and after">
          <SleeveBars sleeves={advice.sleeves} />
        </Section>
      )}
      {advice.suppressed.length > 0 && <Suppressed advice={advice} />}
      <Opinion advice={advice} />
    </>
  );
}

function Suppressed({ advice }: { advice: Recommendation }) {
  return (
    <Section title="Considered and left out">
      <ul className="flex flex-col">
        {advice.suppressed.map((each) => (
          <li
            key={each.rule + (each.subject ?? "") + each.sentence}
            className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-2 text-quiet"
          >
            <span className="max-w-prose min-w-0">{each.sentence}</span>
            <Tag>{inWords(each.rule)}</Tag>
          </li>
        ))}
      </ul>
    </Section>
  );
}
