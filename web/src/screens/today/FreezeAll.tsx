/** The one switch: everything that one owns stands still until a person lifts it. */

import { useState } from "react";
import { api } from "~/api/client";
import { CheckField } from "~/parts/Field";
import { ReasonDialog } from "~/parts/ReasonDialog";

export function FreezeAll() {
  const [recall, setRecall] = useState(false);
  const freeze = api.useMutation("post", "/freeze");
  return (
    <ReasonDialog
      look="danger"
      button="Freeze all"
      title="Freeze all portfolios?"
      says="Nothing is decided and no order leaves until you lift each freeze. What was filled is still booked."
      command={freeze}
      send={(reason) => freeze.mutateAsync({ body: { reason, cancel_open_orders: recall } })}
    >
      <CheckField
        label="Cancel open orders too"
        checked={recall}
        onChange={(event) => {
          setRecall(event.target.checked);
        }}
      />
    </ReasonDialog>
  );
}
