/** Say that an alert is seen to. */

import { api } from "~/api/client";
import { ReasonDialog } from "~/parts/ReasonDialog";

export function ResolveAlert({ id }: { id: string }) {
  const resolve = api.useMutation("post", "/alerts/{alert_id}/resolve");
  return (
    <ReasonDialog
      button="Resolve"
      title="Resolve the alert?"
      says="It comes back when its cause does. Nothing that was frozen starts again by that."
      command={resolve}
      send={(reason) => resolve.mutateAsync({ params: { path: { alert_id: id } }, body: { reason } })}
    />
  );
}
