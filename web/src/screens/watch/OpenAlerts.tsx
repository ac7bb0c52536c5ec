/** What needs a person, each with the first step. */

import { api } from "~/api/client";
import { unbroken } from "~/numbers/format";
import { Ago } from "~/parts/Ago";
import { OfPortfolio } from "~/parts/OfPortfolio";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { ResolveAlert } from "./ResolveAlert";

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
                  act={<ResolveAlert id={each.id} />}
                >
                  <p>
                    {unbroken(each.message)} <OfPortfolio id={each.portfolio_id} />
                    <Ago at={each.opened_at} />
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
