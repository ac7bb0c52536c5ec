/** Make or change one schedule; what it means is said as one types. */

import { api } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { dayOf, timeOf } from "~/numbers/time";
import { Button } from "~/parts/Button";
import { SelectField, TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { useAtRest } from "~/parts/atRest";
import { KINDS, nameOf } from "~/screens/runs/kinds";
import { useSetSchedules, type Wanted } from "./setSchedules";

interface Props {
  portfolioId: string;
  standing: readonly Wanted[];
  /** The one that is changed; a new one where it is left out. */
  known?: Wanted;
  onLeave: () => void;
}

const ZONES = Intl.supportedValuesOf("timeZone");
const FRIDAYS = "0 18 * * 5";

export function ScheduleForm({ portfolioId, standing, known, onLeave }: Props) {
  const free = Object.keys(KINDS).filter((kind) => standing.every((each) => each.kind !== kind));
  const [text, field] = useFields(() => ({
    kind: known?.kind ?? free[0] ?? "manual",
    cron: known?.cron ?? FRIDAYS,
    zone: known?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  }));
  const change = useSetSchedules(portfolioId);
  const meaning = useMeaning(text.cron, text.zone);
  const others = standing.filter((each) => each.kind !== text.kind);

  function send(all: readonly Wanted[]) {
    // Refused, the command keeps the problem, and the form shows it.
    change.set(all).then(onLeave, () => undefined);
  }

  return (
    <Form
      send="Save"
      command={change}
      isTold={meaning.aboutCron !== undefined || meaning.aboutZone !== undefined}
      onSend={() => {
        const { kind, cron, zone } = text;
        send([...others, { kind, cron, time_zone: zone, enabled: known?.enabled ?? true }]);
      }}
      onLeave={onLeave}
      beside={
        known && (
          <Button
            look="danger"
            busy={change.isPending}
            onClick={() => {
              send(others);
            }}
          >
            Remove
          </Button>
        )
      }
    >
      {known === undefined && (
        <SelectField label="What" {...field("kind")}>
          {free.map((kind) => (
            <option key={kind} value={kind}>
              {nameOf(kind)}
            </option>
          ))}
        </SelectField>
      )}
      <TextField
        label="When"
        required
        maxLength={100}
        autoComplete="off"
        error={meaning.aboutCron}
        hint="Five fields: minute, hour, day of the month, month, day of the week. 0 18 * * 5 is Fridays at 18:00."
        {...field("cron")}
      />
      <TextField
        label="On the clocks of"
        required
        maxLength={100}
        list="time-zones"
        autoComplete="off"
        error={meaning.aboutZone}
        {...field("zone")}
      />
      <datalist id="time-zones">
        {["UTC", ...ZONES].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <p role="status" className="min-h-6 text-small text-quiet">
        {meaning.words}
      </p>
    </Form>
  );
}

/** What an expression means, and what is wrong with it, in the server's words. */
function useMeaning(typed: string, typedZone: string) {
  const { cron, zone } = useAtRest({ cron: typed, zone: typedZone });
  const described = api.useQuery(
    "get",
    "/schedules/described",
    { params: { query: { cron, time_zone: zone } } },
    { enabled: cron !== "" && zone !== "", retry: false },
  );
  const problem = described.error === null ? null : problemOf(described.error);
  const next = described.data?.next.map((each) => `${dayOf(each)}, ${timeOf(each)}`).join("; ");
  return {
    aboutCron: aboutField(problem, "cron"),
    aboutZone: aboutField(problem, "time_zone"),
    words: described.data && `${described.data.in_words}. Next, on your clock: ${next ?? ""}.`,
  };
}
