/** Jobs that failed until they were given up: try again, or let be. */

import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { EmptyState, ProblemNote, Shown } from "~/parts/Told";
import { AboutWhat } from "./AboutWhat";

type Letter = Schemas["DeadLetter"];

export function DeadLetters() {
  const letters = api.useQuery("get", "/system/dead-letters", { params: { query: { limit: 100 } } });
  return (
    <Section title="Dead letters">
      <Shown of={letters}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>
              No job was given up. One that fails again and again stands here until you retry or dismiss it.
            </EmptyState>
          ) : (
            <Rows label="Dead letters">
              {items.map((each) => (
                <Line key={each.id} letter={each} />
              ))}
            </Rows>
          )
        }
      </Shown>
    </Section>
  );
}

function Line({ letter }: { letter: Letter }) {
  const retry = api.useMutation("post", "/system/dead-letters/{letter_id}/retry");
  const dismiss = api.useMutation("post", "/system/dead-letters/{letter_id}/dismiss");
  const about = { params: { path: { letter_id: letter.id } } };
  const error: unknown = retry.error ?? dismiss.error;
  return (
    <Row
      edge="vermilion"
      act={
        <>
          <Button
            busy={retry.isPending}
            onClick={() => {
              retry.mutate(about);
            }}
          >
            Retry
          </Button>
          <Button
            busy={dismiss.isPending}
            onClick={() => {
              dismiss.mutate(about);
            }}
          >
            Dismiss
          </Button>
        </>
      }
    >
      <p>
        {letter.job.replaceAll("_", " ")} <Ago at={letter.last_failed_at} />
      </p>
      <Beneath>
        {letter.failures === 1 ? "Given up once" : `Given up ${letter.failures} times`}: {letter.error}
      </Beneath>
      <AboutWhat all={letter.about} />
      {error != null && <ProblemNote error={error} />}
    </Row>
  );
}
