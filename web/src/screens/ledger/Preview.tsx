/** What a file would book, row by row: the number as the file has it beside what the books take it for. */

import { useState } from "react";
import { api, type Schemas } from "~/api/client";
import { Button } from "~/parts/Button";
import { ProblemNote } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";
import { Questions } from "./Questions";
import { Row } from "./Row";

type Seen = Schemas["ImportPreview"];
export type Answer = Schemas["SecurityAnswer"];

interface Props {
  first: Seen;
  portfolio: Portfolio;
  onDone: () => void;
}

export function Preview({ first, portfolio, onDone }: Props) {
  const [preview, setPreview] = useState(first);
  const [answers, setAnswers] = useState<Answer[]>([]);
  const [skipped, setSkipped] = useState<number[]>([]);
  const apply = api.useMutation("post", "/portfolios/{portfolio_id}/imports/{import_id}/apply");
  const path = { portfolio_id: portfolio.id, import_id: preview.id };

  /** Look again with other answers; the preview says what they come to. */
  async function look(nextAnswers: Answer[], nextSkipped: number[]) {
    setAnswers(nextAnswers);
    setSkipped(nextSkipped);
    try {
      const seen = await apply.mutateAsync({
        params: { path, query: { dry_run: true } },
        body: { answers: nextAnswers, skip_lines: nextSkipped },
      });
      if ("rows" in seen) setPreview(seen);
    } catch {
      return; // the command keeps the problem, and it is shown below
    }
  }

  async function book() {
    try {
      await apply.mutateAsync({ params: { path }, body: { answers, skip_lines: skipped } });
      onDone();
    } catch {
      return; // the command keeps the problem, and it is shown below
    }
  }

  return (
    <div className="flex flex-col gap-4 rounded border border-line bg-raised p-4">
      <p>
        <strong>{preview.title}</strong>: {preview.file_name}. {count(preview)}
      </p>
      {preview.notes.map((note) => (
        <p key={note} className="max-w-prose text-small text-quiet">
          {note}
        </p>
      ))}
      <Questions
        questions={first.questions}
        open={preview.questions}
        answers={answers}
        onAnswer={(next) => void look(next, skipped)}
      />
      <ul className="flex flex-col">
        {preview.rows.map((row) => (
          <Row
            key={row.line}
            row={row}
            currency={portfolio.base_currency}
            onSkip={(skip) =>
              void look(answers, skip ? [...skipped, row.line] : skipped.filter((line) => line !== row.line))
            }
          />
        ))}
      </ul>
      {apply.error != null && <ProblemNote error={apply.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onDone}>Leave it</Button>
        <Button
          look="main"
          busy={apply.isPending}
          disabled={!preview.ready || preview.proposed === 0}
          onClick={() => void book()}
        >
          {preview.proposed === 1 ? "Book one row" : `Book ${preview.proposed} rows`}
        </Button>
      </div>
    </div>
  );
}

function count({ rows, proposed, ready }: Seen): string {
  const problems = rows.filter((each) => each.status === "problem").length;
  const read = `${rows.length} rows read, ${proposed} would be booked`;
  if (problems > 0) return `${read}; ${problems} cannot be understood: leave them out, or mend the file.`;
  return ready ? `${read}.` : `${read}; answer what is asked first.`;
}
