/** Files of everything, to keep elsewhere or to hand on: ask for one, see how far it is, fetch it. */

import { api } from "~/api/client";
import { DialogButton } from "~/parts/DialogButton";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { ExportForm } from "./ExportForm";
import { ExportRow } from "./ExportRow";

export function Exports() {
  const exports = api.useQuery("get", "/exports", { params: { query: { limit: 20 } } });
  const ask = (
    <DialogButton button="Export" title="Export">
      {(leave) => <ExportForm onLeave={leave} />}
    </DialogButton>
  );
  return (
    <Section title="Exports" act={ask}>
      <Shown of={exports}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>
              Nothing was exported yet. An export is a folder of files with a manifest that names the hash of
              each, and the place in the chain that it goes up to.
            </EmptyState>
          ) : (
            <ul aria-label="Exports" className="flex flex-col gap-2">
              {items.map((each) => (
                <ExportRow key={each.id} export={each} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Section>
  );
}
