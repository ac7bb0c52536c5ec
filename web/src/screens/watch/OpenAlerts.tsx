/** What needs a person, each with the first step. */

import { useState } from "react";
import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { ReasonDialog } from "~/parts/ReasonDialog";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";

type Alert = Schemas["Alert"];

export function OpenAlerts() {
  const alerts = api.useQuery("get", "/alerts", { params: { query: { open: true, limit: 1000 } } });
  return (
    <Section title="Alerts">
      <Shown of={alerts}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>
              Nothing is wrong. What the watch, the gate or a comparison with a broker finds stands here until
              it is resolved.
            </EmptyState>
          ) : (
            <Rows label="Open alerts">
              {items.map((each) => (
                <Row
                  key={each.id}
                  edge={each.severity === "CRITICAL" ? "vermilion" : "amber"}
                  act={<Resolve alert={each} />}
                >
                  <p>
                    {each.message} <Ago at={each.opened_at} />
                  </p>
                  {each.remedy && <Beneath>{each.remedy}</Beneath>}
                </Row>
              ))}
            </Rows>
          )
        }
      </Shown>
    </Section>
  );
}

function Resolve({ alert }: { alert: Alert }) {
  const [open, setOpen] = useState(false);
  const resolve = api.useMutation("post", "/alerts/{alert_id}/resolve");
  return (
    <ReasonDialog
      open={open}
      onOpen={setOpen}
      button="Resolve"
      title="Resolve the alert?"
      says="It comes back when its cause does. Nothing that was frozen starts again by that."
      command={resolve}
      send={(reason) => resolve.mutateAsync({ params: { path: { alert_id: alert.id } }, body: { reason } })}
    />
  );
}
