/** One export: how far it is, and its files once it is there. */

import type { Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { number } from "~/numbers/format";
import { KINDS, size } from "./words";

type Export = Schemas["Export"];

const STATES = {
  queued: ["quiet", "waits"],
  running: ["accent", "under way"],
  success: ["accent", "there"],
  failed: ["vermilion", "failed"],
} as const;

export function ExportRow({ export: made }: { export: Export }) {
  const [tone, word] = STATES[made.status];
  return (
    <li className="flex flex-col gap-2 border-l-4 border-line bg-raised py-2 pr-2 pl-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span>
          {KINDS[made.kind]} <span className="text-small text-quiet">{made.format}</span>{" "}
          <Ago at={made.ended_at ?? made.requested_at} />
        </span>
        <Tag tone={tone}>{word}</Tag>
      </div>
      <Progress of={made} />
      {made.summary && <p className="text-small break-words text-quiet">{made.summary}</p>}
      {made.destination.startsWith("file:") && <Files of={made} />}
    </li>
  );
}

function Progress({ of }: { of: Export }) {
  if (of.status !== "running" || of.progress === null) return null;
  const { rows_done: done, rows_in_all: all } = of.progress;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <progress
        className="h-2 min-w-0 grow accent-accent"
        aria-label="Export"
        value={all > 0 ? done / all : undefined}
      />
      <span className="text-small text-quiet">
        {number(String(done))} of {number(String(all))} rows
      </span>
    </div>
  );
}

function Files({ of }: { of: Export }) {
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1">
      {of.files.map((each) => (
        <li key={each.name} title={`SHA-256 ${each.sha256}`}>
          <a
            className="text-accent underline"
            href={`/exports/${of.id}/files/${encodeURIComponent(each.name)}`}
            download={each.name}
          >
            {each.name}
          </a>{" "}
          <span className="text-small text-quiet">
            {each.rows !== null && `${number(String(each.rows))} ${each.rows === 1 ? "row" : "rows"}, `}
            {size(each.bytes)}
          </span>
        </li>
      ))}
    </ul>
  );
}
