/** One event: when, its sentence, and unfolded what was read, what came of it, and where it leads. */

import { unbroken } from "~/numbers/format";
import { exact, timeOf } from "~/numbers/time";
import { Facts } from "./Facts";
import { Links } from "./Links";
import type { Event } from "./past";

const MARKS: Record<string, string> = {
  "position.skipped": "○",
  "position.execution_booked": "●",
  "position.order_intended": "→",
  "portfolio.frozen": "■",
  "quality.price_quarantined": "■",
  "alert.raised": "!",
};

interface Props {
  event: Event;
  open: boolean;
  onToggle: (open: boolean) => void;
}

export function EventRow({ event, open, onToggle }: Props) {
  return (
    <article className="border-b border-line">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => {
          onToggle(!open);
        }}
        className="grid min-h-10 w-full cursor-pointer grid-cols-[4.5rem_1rem_1fr] items-baseline gap-2 py-2 text-left hover:bg-wash"
      >
        <time dateTime={event.at} title={exact(event.at)} className="text-small text-quiet">
          {timeOf(event.at)}
        </time>
        <span aria-hidden="true" className="text-small text-quiet">
          {MARKS[event.type] ?? ""}
        </span>
        <span className="min-w-0">{unbroken(event.message)}</span>
      </button>
      {open && <Unfolded event={event} />}
    </article>
  );
}

function Unfolded({ event }: { event: Event }) {
  const { inputs, outputs, ...rest } = event.data;
  return (
    <div className="flex flex-col gap-3 border-l-4 border-accent bg-raised p-4">
      <Links event={event} />
      <div className="grid gap-4 sm:grid-cols-2">
        {inputs !== undefined && <Facts title="What it read" of={inputs} />}
        {outputs !== undefined && <Facts title="What it decided" of={outputs} />}
      </div>
      {inputs === undefined && <Facts title="What is recorded" of={rest} />}
      <p className="text-small text-quiet">
        Event {event.number} · <code>{event.type}</code> · by {event.actor} · {exact(event.at)}
        {exact(event.recorded_at) !== exact(event.at) && ` · recorded ${exact(event.recorded_at)}`}
      </p>
    </div>
  );
}
