/** Events under the days on which they happened. */

import { dayOf } from "~/numbers/time";
import type { Event } from "./past";

export type Row = { kind: "day"; key: string; day: string } | { kind: "event"; key: string; event: Event };

export function byDay(events: readonly Event[]): Row[] {
  const rows: Row[] = [];
  let day = "";
  for (const event of events) {
    const its = dayOf(event.at);
    if (its !== day) {
      day = its;
      rows.push({ kind: "day", key: `day-${its}-${event.number}`, day });
    }
    rows.push({ kind: "event", key: String(event.number), event });
  }
  return rows;
}
