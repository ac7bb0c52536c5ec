/** Say of a stopped price that it is true after all, or that it is wrong. */

import { api, type Schemas } from "~/api/client";
import { ReasonDialog } from "~/parts/ReasonDialog";

type Stopped = Schemas["WaitingPrice"];
type Ruling = "release" | "discard";

const WORDS = {
  release: {
    button: "Release",
    title: "Release this price?",
    says: "It is a price from now on, and the next one is held against it. A freeze stays until you lift it.",
  },
  discard: {
    button: "Discard",
    title: "Discard this price?",
    says: "It stays to be seen, and nothing ever uses it. A freeze stays until you lift it.",
  },
};

const BY_NAME =
  "Prices stopped by this rule are most likely in another unit: used after all, one decides a hundredfold. Release it only if you have seen the price elsewhere.";

export function Settle({ stopped, ruling }: { stopped: Stopped; ruling: Ruling }) {
  const release = api.useMutation("post", "/listings/{listing_id}/quarantine/release");
  const discard = api.useMutation("post", "/listings/{listing_id}/quarantine/discard");
  const command = ruling === "release" ? release : discard;
  const isGrave = ruling === "release" && stopped.released_by_name;
  return (
    <ReasonDialog
      look={isGrave ? "danger" : "plain"}
      {...WORDS[ruling]}
      command={command}
      send={(reason) =>
        command.mutateAsync({
          params: { path: { listing_id: stopped.listing_id } },
          body: {
            reason,
            rule: stopped.rule,
            source: stopped.source,
            since: stopped.as_of,
            until: stopped.as_of,
          },
        })
      }
    >
      {isGrave && <p className="text-vermilion">{BY_NAME}</p>}
    </ReasonDialog>
  );
}
