/** Where an event leads: its position, the story of its order, and all that came of the same run. */

import { Link } from "@tanstack/react-router";
import type { Event } from "./past";

const LOOK = "text-accent underline";

export function Links({ event }: { event: Event }) {
  const position = event.stream.startsWith("position-") ? event.stream.slice("position-".length) : undefined;
  const order = typeof event.data["order_id"] === "string" ? event.data["order_id"] : undefined;
  if (!position && !event.run_id) return null;
  return (
    <nav aria-label="Where this leads" className="flex flex-wrap gap-x-4 gap-y-1">
      {position && (
        <Link to="/positions/$positionId" params={{ positionId: position }} className={LOOK}>
          The position
        </Link>
      )}
      {position && order && (
        <Link to="/timeline" search={{ position, order }} className={LOOK}>
          The order&rsquo;s story
        </Link>
      )}
      {position && (
        <Link to="/timeline" search={{ position, about: ["skipped"] }} className={LOOK}>
          Why did it not trade?
        </Link>
      )}
      {event.run_id && (
        <Link to="/timeline" search={{ run: event.run_id }} className={LOOK}>
          All of this run
        </Link>
      )}
    </nav>
  );
}
