/** Approve what the rules advise. */

import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { ProblemNote } from "~/parts/Told";

export function Approve({ id, look }: { id: string; look?: "main" }) {
  const approve = api.useMutation("post", "/recommendations/{recommendation_id}/approve");
  return (
    <>
      <Button
        look={look}
        busy={approve.isPending}
        onClick={() => {
          approve.mutate({ params: { path: { recommendation_id: id } } });
        }}
      >
        Approve
      </Button>
      {approve.error != null && <ProblemNote error={approve.error} />}
    </>
  );
}
