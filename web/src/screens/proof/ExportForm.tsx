/** What to export, of which portfolio, of which year, and where to. */

import { api, type Schemas } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { SelectField, TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { usePortfolio } from "~/shell/portfolio";
import { KINDS, type Kind } from "./words";

type Format = Schemas["Export"]["format"];

/** Ballast's own folder of exports. */
const HERE = "file:";
/** A bucket that one writes down oneself. */
const OTHER = "other";

export function ExportForm({ onLeave }: { onLeave: () => void }) {
  const portfolio = usePortfolio();
  const ask = api.useMutation("post", "/exports");
  const [text, field] = useFields(
    () => ({ kind: "events", of: "all", format: "csv", year: "", to: HERE, bucket: "s3://" }),
    ask.reset,
  );
  const places = api.useQuery("get", "/exports/destinations").data;
  const problem = ask.error === null ? null : problemOf(ask.error);
  const [aboutYear, aboutPlace] = [aboutField(problem, "year"), aboutField(problem, "destination")];
  const isStatement = text.kind === "statement";

  function send() {
    const body = {
      kind: text.kind as Kind,
      format: text.format as Format,
      portfolio_id: text.of === "all" ? null : portfolio?.id,
      year: text.year.trim() === "" ? null : Number(text.year),
      destination: text.to === OTHER ? text.bucket.trim() : text.to,
    };
    ask.mutate({ body }, { onSuccess: onLeave });
  }

  return (
    <Form
      send="Export"
      command={ask}
      isTold={(aboutYear ?? aboutPlace) !== undefined}
      onSend={send}
      onLeave={onLeave}
    >
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
      {places && (places.items.length > 1 || places.any_bucket) && (
        <SelectField
          label="To"
          error={text.to === OTHER ? undefined : aboutPlace}
          hint={text.to === HERE ? undefined : "Files in a bucket are fetched there, not here."}
          {...field("to")}
        >
          {places.items.map((each) => (
            <option key={each} value={each}>
              {each === HERE ? "this Ballast, to be fetched here" : each}
            </option>
          ))}
          {places.any_bucket && <option value={OTHER}>a bucket …</option>}
        </SelectField>
      )}
      {text.to === OTHER && (
        <TextField
          label="Bucket and prefix"
          required
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
          hint="Such as s3://exports/ballast."
          error={aboutPlace}
          {...field("bucket")}
        />
      )}
    </Form>
  );
}
