/** The ledger as a file: asked for, written by a worker, fetched here once it is there. */

import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { ProblemNote } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";

const LOOK_AGAIN_MS = 1_000;

export function ExportLedger({ portfolio }: { portfolio: Portfolio }) {
  const ask = api.useMutation("post", "/exports");
  const id = ask.data?.id;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {id !== undefined && <Files id={id} />}
      {ask.error != null && <ProblemNote error={ask.error} />}
      <Button
        busy={ask.isPending}
        onClick={() => {
          ask.mutate({
            body: { kind: "ledger", format: "csv", portfolio_id: portfolio.id, destination: "file:" },
          });
        }}
      >
        Export as CSV
      </Button>
    </div>
  );
}

function Files({ id }: { id: string }) {
  const made = api.useQuery(
    "get",
    "/exports/{export_id}",
    { params: { path: { export_id: id } } },
    {
      refetchInterval: ({ state }) =>
        state.data === undefined || ["queued", "running"].includes(state.data.status) ? LOOK_AGAIN_MS : false,
    },
  );
  const { status, summary, files } = made.data ?? { status: "queued", summary: null, files: [] };
  if (status === "failed") return <span className="text-small text-vermilion">{summary}</span>;
  if (status !== "success") return <span role="status">Writing it…</span>;
  return (
    <>
      {files.map(({ name }) => (
        <a key={name} className="text-accent underline" href={`/exports/${id}/files/${name}`} download>
          {name}
        </a>
      ))}
    </>
  );
}
