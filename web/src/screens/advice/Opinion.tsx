/** What a language model thinks of it: an opinion, set apart in grey, that decides nothing. */

import { api } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { Section } from "~/parts/Section";
import { ProblemNote } from "~/parts/Told";
import { isOpen, type Recommendation } from "./words";

export function Opinion({ advice }: { advice: Recommendation }) {
  const review = api.useMutation("post", "/recommendations/{recommendation_id}/review");
  const { verdict } = advice;
  if (verdict === null && !isOpen(advice)) return null;
  const ask = (
    <Button
      busy={review.isPending || verdict?.status === "waiting"}
      onClick={() => {
        review.mutate({ params: { path: { recommendation_id: advice.id } } });
      }}
    >
      {verdict === null ? "Ask for an opinion" : "Ask again"}
    </Button>
  );
  return (
    <Section title="An opinion, which decides nothing" act={ask}>
      {review.error != null && <ProblemNote error={review.error} />}
      {verdict === null ? (
        <p className="max-w-prose text-quiet">
          Nobody was asked. A language model that you have connected can read this advice and say what it
          thinks.
        </p>
      ) : (
        <Verdict verdict={verdict} />
      )}
    </Section>
  );
}

const WORDS = { PASS: "sees nothing against it", WARN: "has doubts", FAIL: "advises against it" };

export function Verdict({ verdict }: { verdict: NonNullable<Recommendation["verdict"]> }) {
  return (
    <div className="max-w-prose border-l-2 border-dashed border-line pl-4 text-quiet">
      {verdict.status === "waiting" && <p>The reviewer was asked and has not answered yet.</p>}
      {verdict.status === "missed" && <p>No opinion: {verdict.reason}</p>}
      {verdict.status === "given" && (
        <>
          <p>
            {verdict.model ?? "The reviewer"} {verdict.verdict && WORDS[verdict.verdict]}{" "}
            <Ago at={verdict.at} />
          </p>
          <ul className="list-disc pl-5">
            {verdict.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
