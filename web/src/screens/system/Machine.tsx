/** What follows the log, what waits in queues, backups, and the comparison with brokers. */

import type { ReactNode } from "react";
import type { Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Section } from "~/parts/Section";
import { number } from "~/numbers/format";

type SystemNow = Schemas["System"];

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

export function Machine({ system }: { system: SystemNow }) {
  const { backup } = system;
  return (
    <>
      <Section title="What follows the log">
        <Figures>
          {system.followers.map((each) => (
            <Figure key={each.name} name={each.name.replaceAll("_", " ")}>
              <span className={each.parked > 0 ? "text-vermilion" : each.lag > 0 ? "text-amber" : ""}>
                {each.lag === 0 ? "up to date" : `${number(String(each.lag))} behind`}
                {each.parked > 0 && `, stopped for ${each.parked} portfolios`}
              </span>
            </Figure>
          ))}
        </Figures>
      </Section>
      <Section title="Queues">
        <Figures>
          {system.queues.map((each) => (
            <Figure key={each.name} name={each.name}>
              {each.jobs === 0 ? "empty" : `${number(String(each.jobs))} waiting`}
            </Figure>
          ))}
        </Figures>
        {system.queues.length === 0 && <p className="text-amber">Redis does not answer just now.</p>}
      </Section>
      <Section title="Care">
        <Figures>
          <Figure name="Last backup">
            {backup.ended_at === null ? (
              "none yet"
            ) : (
              <span className={backup.status === "failed" ? "text-vermilion" : ""}>
                <Ago at={backup.ended_at} late={backup.status === "failed"} /> {backup.summary}
              </span>
            )}
          </Figure>
          <Figure name="Next backup">
            {backup.next_due ? (
              <Ago at={backup.next_due} />
            ) : (
              <span className="text-amber">switched off</span>
            )}
          </Figure>
          <Figure name="Compared with brokers">{compared(system.reconciliation_age_seconds)}</Figure>
          <Figure name="Version">Ballast {system.version}</Figure>
        </Figures>
      </Section>
    </>
  );
}

function compared(seconds: number | null): string {
  if (seconds === null) return "no broker is connected";
  if (seconds >= 1_000 * DAY) return "never yet";
  const [unit, length] =
    seconds >= DAY
      ? ["d", DAY]
      : seconds >= HOUR
        ? ["h", HOUR]
        : seconds >= MINUTE
          ? ["min", MINUTE]
          : ["s", 1];
  return `${Math.floor(seconds / Number(length))} ${unit} ago`;
}

function Figures({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 sm:grid-cols-[12rem_1fr]">{children}</dl>;
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
