/** Make or change one schedule. */

import { useState, type FormEvent } from "react";
import { problemOf } from "~/api/problem";
import { Button } from "~/parts/Button";
import { Dialog } from "~/parts/Dialog";
import { SelectField, TextField } from "~/parts/Field";
import { ProblemNote } from "~/parts/Told";
import { KINDS, nameOf } from "./kinds";
import { useSetSchedules, type Wanted } from "./setSchedules";

interface Props {
  portfolioId: string;
  standing: readonly Wanted[];
  edited: Wanted | "new" | null;
  onClose: () => void;
}

const ZONES = Intl.supportedValuesOf("timeZone");

export function ScheduleDialog({ portfolioId, standing, edited, onClose }: Props) {
  const free = Object.keys(KINDS).filter((kind) => standing.every((each) => each.kind !== kind));
  const first: Wanted = {
    kind: free[0] ?? "manual",
    cron: "0 18 * * 5",
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    enabled: true,
  };
  const known = edited === "new" || edited === null ? null : edited;
  const [wanted, setWanted] = useState<Wanted>(known ?? first);
  const change = useSetSchedules(portfolioId);
  const others = standing.filter((each) => each.kind !== wanted.kind);

  async function send(all: readonly Wanted[]) {
    try {
      await change.set(all);
      onClose();
    } catch {
      return; // the command keeps the problem, and the dialog shows it
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void send([...others, wanted]);
  }

  const problems = change.error == null ? [] : (problemOf(change.error).errors ?? []);
  const about = (field: string) => problems.find((each) => each.field.endsWith(field))?.detail;
  return (
    <Dialog title={known ? nameOf(known.kind) : "Add a schedule"} open={edited !== null} onClose={onClose}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        {known === null && (
          <SelectField
            label="What"
            value={wanted.kind}
            onChange={(event) => {
              setWanted({ ...wanted, kind: event.target.value });
            }}
          >
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
          autoComplete="off"
          value={wanted.cron}
          error={about("cron")}
          hint="Five fields: minute, hour, day of the month, month, day of the week. 0 18 * * 5 is Fridays at 18:00."
          onChange={(event) => {
            setWanted({ ...wanted, cron: event.target.value });
          }}
        />
        <TextField
          label="On the clocks of"
          required
          list="time-zones"
          autoComplete="off"
          value={wanted.time_zone}
          error={about("time_zone")}
          onChange={(event) => {
            setWanted({ ...wanted, time_zone: event.target.value });
          }}
        />
        <datalist id="time-zones">
          {["UTC", ...ZONES].map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        {change.error != null && !about("cron") && !about("time_zone") && (
          <ProblemNote error={change.error} />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {known && (
            <Button look="danger" busy={change.isPending} onClick={() => void send(others)}>
              Remove
            </Button>
          )}
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look="main" busy={change.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
