/** What to export, of which portfolio, of which year. */

import { useState, type FormEvent } from "react";
import { api, type Schemas } from "~/api/client";
import { problemOf, aboutField } from "~/api/problem";
import { Button } from "~/parts/Button";
import { Dialog } from "~/parts/Dialog";
import { SelectField, TextField } from "~/parts/Field";
import { ProblemNote } from "~/parts/Told";
import { usePortfolio } from "~/shell/portfolio";
import { KINDS, type Kind } from "./words";

type Format = Schemas["Export"]["format"];

export function ExportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const portfolio = usePortfolio();
  const [kind, setKind] = useState<Kind>("events");
  const [format, setFormat] = useState<Format>("csv");
  const [ofAll, setOfAll] = useState(true);
  const [year, setYear] = useState("");
  const ask = api.useMutation("post", "/exports");
  const problem = ask.error == null ? null : problemOf(ask.error);

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      await ask.mutateAsync({
        body: {
          kind,
          format,
          portfolio_id: ofAll ? null : portfolio?.id,
          year: year.trim() === "" ? null : Number(year),
          destination: "file:",
        },
      });
      onClose();
    } catch {
      return; // the command keeps the problem, and the dialog shows it
    }
  }

  return (
    <Dialog title="Export" open={open} onClose={onClose}>
      <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <SelectField
          label="What"
          value={kind}
          onChange={(event) => {
            setKind(event.target.value as Kind);
          }}
        >
          {Object.entries(KINDS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Of"
          value={ofAll ? "all" : "one"}
          onChange={(event) => {
            setOfAll(event.target.value === "all");
          }}
        >
          <option value="all">all of my portfolios</option>
          {portfolio && <option value="one">{portfolio.name}</option>}
        </SelectField>
        <SelectField
          label="As"
          value={format}
          onChange={(event) => {
            setFormat(event.target.value as Format);
          }}
        >
          <option value="csv">CSV</option>
          <option value="parquet">Parquet</option>
          <option value="jsonl">JSON lines</option>
        </SelectField>
        <TextField
          label="Year"
          inputMode="numeric"
          pattern="[0-9]{4}"
          value={year}
          required={kind === "statement"}
          hint={kind === "statement" ? "A calendar year of UTC." : "Empty for everything there is."}
          error={aboutField(problem, "year")}
          onChange={(event) => {
            setYear(event.target.value);
          }}
        />
        {problem && !aboutField(problem, "year") && <ProblemNote error={ask.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look="main" busy={ask.isPending}>
            Export
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
