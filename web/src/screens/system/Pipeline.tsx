/** The way from a price to a booked trade as a strip, each step a link to where it happens. */

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Section } from "~/parts/Section";

type Step = Schemas["PipelineStep"];

const NAMES = { feed: "Feed", gate: "Gate", decision: "Decision", order: "Order", booking: "Booking" };
const TONES = {
  ok: "border-accent",
  waiting: "border-line",
  look: "border-amber bg-amber-wash",
  stopped: "border-vermilion bg-vermilion-wash",
};

export function Pipeline({ steps }: { steps: Step[] }) {
  return (
    <Section title="From a price to a trade">
      <ol className="flex flex-col gap-1 sm:flex-row sm:flex-wrap sm:items-stretch">
        {steps.map((each, index) => (
          <li
            key={each.name}
            className="flex flex-col gap-1 sm:min-w-32 sm:flex-1 sm:flex-row sm:items-center"
          >
            {index > 0 && (
              <span aria-hidden="true" className="pl-4 text-quiet sm:pl-0">
                <span className="sm:hidden">↓</span>
                <span className="hidden sm:inline">→</span>
              </span>
            )}
            <To step={each}>
              <span className="text-small text-quiet">{NAMES[each.name]}</span>
              <span className="font-semibold">{each.word}</span>
              <span className="text-small">{each.at ? <Ago at={each.at} /> : " "}</span>
            </To>
          </li>
        ))}
      </ol>
      <Latest steps={steps} />
    </Section>
  );
}

function To({ step, children }: { step: Step; children: ReactNode }) {
  const look = `flex h-full min-w-0 grow flex-col rounded border-t-4 border bg-raised px-3 py-2 hover:bg-wash ${TONES[step.state]}`;
  if (step.position_id !== null) {
    return (
      <Link className={look} to="/positions/$positionId" params={{ positionId: step.position_id }}>
        {children}
      </Link>
    );
  }
  const isData = step.name === "feed" || step.name === "gate";
  return (
    <Link className={look} to={isData ? "/watch" : "/positions"}>
      {children}
    </Link>
  );
}

/** What the last decision, order and booking were, in their own sentences, each once. */
function Latest({ steps }: { steps: Step[] }) {
  const told = steps.filter((each) => each.sentence !== null);
  if (told.length === 0) return null;
  return (
    <dl className="grid grid-cols-1 gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
      {told.map((each) => (
        <div key={each.name} className="contents">
          <dt className="text-quiet">Last {NAMES[each.name].toLowerCase()}</dt>
          <dd className="max-w-prose">{each.sentence}</dd>
        </div>
      ))}
    </dl>
  );
}
