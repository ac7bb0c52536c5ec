/** Where what is stored is not what it should be, by its place in the log. */

import type { Schemas } from "~/api/client";

type Difference = Schemas["api__http__schemas__audit__Difference"];

export function Differences({ all, notVerified }: { all: Difference[]; notVerified: string[] }) {
  return (
    <div role="alert" className="flex flex-col gap-2 rounded border border-vermilion bg-vermilion-wash p-4">
      <p className="font-semibold text-vermilion">
        {all.length === 1 ? "1 place differs." : `${all.length} places differ.`} Change nothing before you
        know why; docs/runbook.md says what each means.
      </p>
      {notVerified.length > 0 && (
        <p>The log itself differs, so what follows from it was not verified: {notVerified.join(", ")}.</p>
      )}
      <ul className="flex flex-col gap-3">
        {all.map((each) => (
          <li key={`${each.number ?? ""} ${each.what} ${each.found ?? ""}`}>
            <p>
              {each.number !== null && <strong>Event {each.number}: </strong>}
              {each.what}
            </p>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 text-small">
              <dt className="text-quiet">expected</dt>
              <dd className="min-w-0 font-mono break-all">{each.expected ?? "nothing"}</dd>
              <dt className="text-quiet">found</dt>
              <dd className="min-w-0 font-mono break-all">{each.found ?? "nothing"}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </div>
  );
}
