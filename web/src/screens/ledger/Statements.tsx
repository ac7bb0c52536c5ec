/** Brokers' files: drop one, look at what it would book, apply it; what was imported can be taken back whole. */

import { useState, type DragEvent } from "react";
import { api, client, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Tag } from "~/parts/Chips";
import { Section } from "~/parts/Section";
import { ProblemNote } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";
import { Reverse } from "./Lines";
import { Preview } from "./Preview";

type Seen = Schemas["ImportPreview"];

export function Statements({ portfolio }: { portfolio: Portfolio }) {
  const [preview, setPreview] = useState<Seen | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [reading, setReading] = useState(false);

  async function read(file: File | undefined) {
    if (file === undefined) return;
    setReading(true);
    setRefusal(null);
    try {
      const { data, error } = await client.POST("/portfolios/{portfolio_id}/imports", {
        params: { path: { portfolio_id: portfolio.id }, query: { file_name: file.name } },
        headers: { "Content-Type": "application/octet-stream" },
        body: file as never,
        bodySerializer: (body: unknown) => body as BodyInit,
      });
      setPreview(data ?? null);
      setRefusal(error ?? null);
    } catch (error) {
      setRefusal(error);
    } finally {
      setReading(false);
    }
  }

  return (
    <Section title="Import">
      {preview === null ? (
        <Drop onFile={(file) => void read(file)} busy={reading} />
      ) : (
        <Preview
          key={preview.id}
          first={preview}
          portfolio={portfolio}
          onDone={() => {
            setPreview(null);
          }}
        />
      )}
      {refusal != null && <ProblemNote error={refusal} />}
      <Imported portfolio={portfolio} />
    </Section>
  );
}

function Drop({ onFile, busy }: { onFile: (file: File | undefined) => void; busy: boolean }) {
  const [over, setOver] = useState(false);
  const hover = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(is);
  };
  return (
    <label
      onDragOver={hover(true)}
      onDragLeave={hover(false)}
      onDrop={(event) => {
        hover(false)(event);
        onFile(event.dataTransfer.files[0]);
      }}
      className={`flex cursor-pointer flex-col gap-2 rounded border border-dashed px-4 py-6 focus-within:border-accent ${over ? "border-accent bg-wash" : "border-line"}`}
    >
      <span className="max-w-prose text-quiet">
        Drop your broker's file here (CSV or XML). You see first what each row would book; nothing is booked
        before you say so.
      </span>
      <input
        type="file"
        accept=".csv,.xml,text/csv,application/xml"
        disabled={busy}
        aria-busy={busy}
        className="max-w-full text-small"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </label>
  );
}

function Imported({ portfolio }: { portfolio: Portfolio }) {
  const imports = api.useQuery("get", "/portfolios/{portfolio_id}/imports", {
    params: { path: { portfolio_id: portfolio.id }, query: { limit: 1000 } },
  });
  const all = (imports.data?.items ?? []).toReversed();
  if (all.length === 0) return null;
  return (
    <ul>
      {all.map((each) => (
        <li
          key={each.id}
          className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2"
        >
          <span className="w-20 shrink-0 text-small">
            <Ago at={each.at} />
          </span>
          <span className="min-w-0 grow basis-60">
            {each.title}: {each.file_name}, {each.entries} of {each.rows} rows booked
          </span>
          {each.reversed ? (
            <Tag>reversed</Tag>
          ) : each.entries === 0 ? null : (
            <Reverse ids={[each.id]} portfolio={portfolio} what={`all of ${each.file_name}`} />
          )}
        </li>
      ))}
    </ul>
  );
}
