/** Hold the log against its chain, decide again, rebuild beside: and name every place that differs. */

import type { Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { Section } from "~/parts/Section";
import { ProblemNote } from "~/parts/Told";
import { number } from "~/numbers/format";
import { Differences } from "./Differences";
import { useVerification } from "./verification";

export function Verify({ chain }: { chain: Schemas["ChainStanding"] }) {
  const { mutate, isPending, progress, data, error } = useVerification();
  const { verified } = chain;
  return (
    <Section
      title="Verification"
      act={
        <Button
          look="main"
          busy={isPending}
          onClick={() => {
            mutate();
          }}
        >
          {isPending ? "Verifying…" : "Verify now"}
        </Button>
      }
    >
      <dl className="grid grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr]">
        <dt className="text-quiet">Events</dt>
        <dd>{number(String(chain.events))}</dd>
        <dt className="text-quiet">Last verified</dt>
        <dd>
          {verified ? (
            <>
              <Ago at={verified.ended_at} />, {number(String(verified.events))} events and{" "}
              {number(String(verified.decisions))} decisions
            </>
          ) : (
            "never"
          )}
        </dd>
        <dt className="text-quiet">Hash of the last event</dt>
        <dd className="min-w-0 font-mono text-small break-all">{chain.head ?? "none yet"}</dd>
      </dl>
      {isPending && (
        <div role="status" className="flex max-w-prose flex-col gap-1">
          <progress
            className="h-2 w-full accent-accent"
            aria-label="Verification"
            value={progress && progress.in_all > 0 ? progress.done / progress.in_all : undefined}
          />
          <span className="text-small text-quiet">
            {progress
              ? `${progress.step}: ${number(String(progress.done))} of ${number(String(progress.in_all))}`
              : "Every event is hashed again, every decision decided again, every table rebuilt beside."}
          </span>
        </div>
      )}
      {error != null && <ProblemNote error={error} />}
      {data &&
        (data.ok ? (
          <p role="status" className="max-w-prose border-l-4 border-accent bg-raised py-2 pl-3">
            Unbroken up to event {number(String(data.events))}. All {number(String(data.decisions))} decisions
            come out the same, and every table is what the events say.
          </p>
        ) : (
          <Differences all={data.differences} notVerified={data.not_verified} />
        ))}
    </Section>
  );
}
