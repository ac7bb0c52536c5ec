/** Which listing is meant? Asked once for each name in the file that could mean several, or none. */

import type { Schemas } from "~/api/client";
import { SelectField } from "~/parts/Field";
import { useListing } from "~/parts/listings";
import type { Answer } from "./Preview";

type Question = Schemas["ImportQuestion"];

interface Props {
  /** Those of the first look; `open` are those that are still to be answered. */
  questions: Question[];
  open: Question[];
  answers: Answer[];
  onAnswer: (answers: Answer[]) => void;
}

export function Questions({ questions, open, answers, onAnswer }: Props) {
  if (questions.length === 0) return null;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {questions.map((each) => (
        <SelectField
          key={each.security}
          label={each.security}
          hint={each.sentence}
          error={
            open.some((other) => other.security === each.security) && answers.length > 0
              ? "Still to be answered"
              : undefined
          }
          value={valueOf(answers.find((answer) => answer.security === each.security))}
          onChange={(event) => {
            const others = answers.filter((answer) => answer.security !== each.security);
            const answer = answerOf(each.security, event.target.value);
            onAnswer(answer ? [...others, answer] : others);
          }}
        >
          <option value="">choose…</option>
          {each.candidates.map((id) => (
            <Candidate key={id} id={id} />
          ))}
          {each.proposed && (
            <option value="register">
              register {each.proposed.symbol} · {each.proposed.exchange} · {each.proposed.quote_unit}
            </option>
          )}
          <option value="skip">leave its rows out</option>
        </SelectField>
      ))}
    </div>
  );
}

function Candidate({ id }: { id: string }) {
  const listing = useListing(id).data;
  return (
    <option value={id}>
      {listing ? `${listing.symbol} · ${listing.exchange} · ${listing.quote_unit}` : "…"}
    </option>
  );
}

function valueOf(answer: Answer | undefined): string {
  if (answer?.register) return "register";
  if (answer?.skip) return "skip";
  return answer?.listing_id ?? "";
}

function answerOf(security: string, value: string): Answer | null {
  if (value === "") return null;
  const named = value !== "register" && value !== "skip";
  return {
    security,
    listing_id: named ? value : null,
    register: value === "register",
    skip: value === "skip",
  };
}
