/** Files of everything, to keep elsewhere or to hand on: ask for one, see how far it is, fetch it. */

import { useState } from "react";
import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { ExportDialog } from "./ExportDialog";
import { ExportRow } from "./ExportRow";

export function Exports() {
  const [asking, setAsking] = useState(false);
  const exports = api.useQuery("get", "/exports", { params: { query: { limit: 20 } } });
  const ask = (
    <Button
      onClick={() => {
        setAsking(true);
      }}
    >
      Export
    </Button>
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
      <ExportDialog
        open={asking}
        onClose={() => {
          setAsking(false);
        }}
      />
    </Section>
  );
}
