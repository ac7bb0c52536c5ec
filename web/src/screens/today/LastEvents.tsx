/** What happened last. */

import { api } from "~/api/client";
import { ButtonLink } from "~/parts/Button";
import { EventLines } from "~/parts/EventLine";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";

export function LastEvents() {
  const events = api.useQuery("get", "/events", { params: { query: { order: "newest", limit: 10 } } });
  return (
    <Section title="What happened last" act={<ButtonLink to="/timeline">Timeline</ButtonLink>}>
      <Shown of={events} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>Nothing has happened yet. Every decision, order and skip will stand here.</EmptyState>
          ) : (
            <EventLines events={items} />
          )
        }
      </Shown>
    </Section>
  );
}
