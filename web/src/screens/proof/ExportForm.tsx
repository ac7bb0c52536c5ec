/** What to export, of which portfolio, of which year. */

import { api, type Schemas } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { SelectField, TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { usePortfolio } from "~/shell/portfolio";
import { KINDS, type Kind } from "./words";

type Format = Schemas["Export"]["format"];

export function ExportForm({ onLeave }: { onLeave: () => void }) {
  const portfolio = usePortfolio();
  const [text, field] = useFields(() => ({ kind: "events", of: "all", format: "csv", year: "" }));
  const ask = api.useMutation("post", "/exports");
  const aboutYear = ask.error === null ? undefined : aboutField(problemOf(ask.error), "year");
  const isStatement = text.kind === "statement";

  function send() {
    const body = {
      kind: text.kind as Kind,
      format: text.format as Format,
      portfolio_id: text.of === "all" ? null : portfolio?.id,
      year: text.year.trim() === "" ? null : Number(text.year),
      destination: "file:",
    };
    ask.mutate({ body }, { onSuccess: onLeave });
  }

  return (
    <Form send="Export" command={ask} isTold={aboutYear !== undefined} onSend={send} onLeave={onLeave}>
      <SelectField label="What" {...field("kind")}>
        {Object.entries(KINDS).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <SelectField label="Of" {...field("of")}>
        <option value="all">all of my portfolios</option>
        {portfolio && <option value="one">{portfolio.name}</option>}
      </SelectField>
      <SelectField label="As" {...field("format")}>
        <option value="csv">CSV</option>
        <option value="parquet">Parquet</option>
        <option value="jsonl">JSON lines</option>
      </SelectField>
      <TextField
        label="Year"
        inputMode="numeric"
        pattern="[0-9]{4}"
        required={isStatement}
        hint={isStatement ? "A calendar year of UTC." : "Empty for everything there is."}
        error={aboutYear}
        {...field("year")}
      />
    </Form>
  );
}
