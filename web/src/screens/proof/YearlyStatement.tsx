/** The year as a tax office or an adviser wants to see it. */

import { useState } from "react";
import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { SelectField } from "~/parts/Field";
import { Section } from "~/parts/Section";
import { ProblemNote } from "~/parts/Told";
import { usePortfolio } from "~/shell/portfolio";

const YEARS = 8;

export function YearlyStatement() {
  const portfolio = usePortfolio();
  const thisYear = new Date().getUTCFullYear();
  const [year, setYear] = useState(thisYear);
  const ask = api.useMutation("post", "/exports");
  if (!portfolio) return null;
  return (
    <Section title="Yearly statement">
      <p className="max-w-prose text-quiet">
        What {portfolio.name} had, gained, received and paid in a year: a row for each currency, and beside it
        every disposal and every dividend. The files appear under Exports.
      </p>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate({
            body: {
              kind: "statement",
              format: "csv",
              portfolio_id: portfolio.id,
              year,
              destination: "file:",
            },
          });
        }}
      >
        <SelectField
          label="Year"
          value={year}
          onChange={(event) => {
            setYear(Number(event.target.value));
          }}
        >
          {Array.from({ length: YEARS }, (_, before) => thisYear - before).map((each) => (
            <option key={each} value={each}>
              {each === thisYear ? `${each}, so far` : each}
            </option>
          ))}
        </SelectField>
        <Button type="submit" busy={ask.isPending}>
          Make the statement
        </Button>
      </form>
      {ask.error != null && <ProblemNote error={ask.error} />}
    </Section>
  );
}
