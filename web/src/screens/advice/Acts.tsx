/** What a person may do with a recommendation as a whole. */

import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { ReasonDialog } from "~/parts/ReasonDialog";
import { ProblemNote } from "~/parts/Told";
import { Approve } from "./Approve";
import type { Recommendation } from "./words";

export function Acts({ advice, open }: { advice: Recommendation; open: boolean }) {
  const begun = advice.lines.some((each) => each.executions.length > 0);
  return (
    <div className="flex flex-wrap gap-2">
      {advice.status === "proposed" && <Approve id={advice.id} look="main" />}
      {open && begun && <Complete id={advice.id} />}
      {open && !begun && <Ignore id={advice.id} />}
      {begun && advice.status !== "reversed" && <Reverse id={advice.id} />}
    </div>
  );
}

function Complete({ id }: { id: string }) {
  const complete = api.useMutation("post", "/recommendations/{recommendation_id}/mark-executed");
  return (
    <>
      <Button
        busy={complete.isPending}
        onClick={() => {
          complete.mutate({
            params: { path: { recommendation_id: id } },
            body: { lines: [], complete: true },
          });
        }}
      >
        Nothing more will come
      </Button>
      {complete.error != null && <ProblemNote error={complete.error} />}
    </>
  );
}

function Ignore({ id }: { id: string }) {
  const ignore = api.useMutation("post", "/recommendations/{recommendation_id}/ignore");
  return (
    <ReasonDialog
      button="Ignore"
      title="Ignore this advice?"
      says="It is over then. Waves and sunsets that it uses can fire again."
      command={ignore}
      send={(reason) => ignore.mutateAsync({ params: { path: { recommendation_id: id } }, body: { reason } })}
    />
  );
}

function Reverse({ id }: { id: string }) {
  const reverse = api.useMutation("post", "/recommendations/{recommendation_id}/reverse");
  return (
    <ReasonDialog
      look="danger"
      button="Reverse"
      title="Take back what was booked of it?"
      says="Books and triggers become what they were before. At your broker nothing changes."
      command={reverse}
      send={(reason) =>
        reverse.mutateAsync({ params: { path: { recommendation_id: id } }, body: { reason } })
      }
    />
  );
}
