/** What waits for a person, each with its sentence and the one act that settles it. */

import { useState } from "react";
import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { ReasonDialog } from "~/parts/ReasonDialog";

type Wanted = Schemas["WaitingForYou"];

const EDGES = { INFO: "border-accent", WARN: "border-amber", CRITICAL: "border-vermilion" };

export function ForYou({ wanted }: { wanted: Wanted[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {wanted.map((each) => (
        <li
          key={each.kind + each.id}
          className={`flex flex-wrap items-center justify-between gap-3 border-l-4 bg-raised py-2 pl-3 ${EDGES[each.severity]}`}
        >
          <p className="max-w-prose min-w-0">
            {each.sentence} {each.at && <Ago at={each.at} />}
          </p>
          <Act wanted={each} />
        </li>
      ))}
    </ul>
  );
}

function Act({ wanted }: { wanted: Wanted }) {
  switch (wanted.kind) {
    case "freeze":
      return <Unfreeze id={wanted.id} />;
    case "alert":
      return <Resolve id={wanted.id} />;
    case "recommendation":
      return <Approve id={wanted.id} />;
  }
}

function Unfreeze({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const unfreeze = api.useMutation("post", "/portfolios/{portfolio_id}/unfreeze");
  return (
    <ReasonDialog
      open={open}
      onOpen={setOpen}
      button="Lift the freeze"
      title="Lift the freeze?"
      says="Positions are decided and orders leave again. Look at what stopped it first."
      command={unfreeze}
      send={(reason) => unfreeze.mutateAsync({ params: { path: { portfolio_id: id } }, body: { reason } })}
    />
  );
}

function Resolve({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const resolve = api.useMutation("post", "/alerts/{alert_id}/resolve");
  return (
    <ReasonDialog
      open={open}
      onOpen={setOpen}
      button="Resolve"
      title="Resolve the alert?"
      says="It comes back when its cause does."
      command={resolve}
      send={(reason) => resolve.mutateAsync({ params: { path: { alert_id: id } }, body: { reason } })}
    />
  );
}

function Approve({ id }: { id: string }) {
  const approve = api.useMutation("post", "/recommendations/{recommendation_id}/approve");
  return (
    <Button
      busy={approve.isPending}
      onClick={() => {
        approve.mutate({ params: { path: { recommendation_id: id } } });
      }}
    >
      Approve
    </Button>
  );
}
