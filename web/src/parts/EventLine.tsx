/** Events as lines: when, and the own sentence of each. */

import { Link } from "@tanstack/react-router";
import type { Schemas } from "~/api/client";
import { unbroken } from "~/numbers/format";
import { Ago } from "./Ago";

export type TimelineEvent = Schemas["TimelineEvent"];

export function EventLines({ events }: { events: TimelineEvent[] }) {
  return (
    <ol>
      {events.map((each) => (
        <li key={each.number}>
          <EventLine event={each} />
        </li>
      ))}
    </ol>
  );
}

function EventLine({ event }: { event: TimelineEvent }) {
  return (
    <div className="grid min-h-10 grid-cols-[5rem_1fr] items-baseline gap-3 border-b border-line py-2">
      <span className="text-small">
        <Ago at={event.at} />
      </span>
      <span className="min-w-0">{unbroken(event.message)}</span>
    </div>
  );
}

/** The way to an event in the timeline, unfolded, with what came before it beneath. */
export function EventLink({ number }: { number: number }) {
  return (
    <Link to="/timeline" search={{ event: number, until: number }} className="text-accent underline">
      event {number}
    </Link>
  );
}
