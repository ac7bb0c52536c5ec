/** What one was told: the unread first in sight, and everything on demand. */

import { useState } from "react";
import { api } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { Chips } from "~/parts/Chips";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";

const EDGES = { INFO: "accent", WARN: "amber", CRITICAL: "vermilion" } as const;

export function Notifications() {
  const [filters, setFilters] = useState<"unread"[]>(["unread"]);
  const unread = filters.length > 0 ? true : null;
  const told = api.useQuery("get", "/notifications", {
    params: { query: { order: "newest", unread, limit: 50 } },
  });
  const read = api.useMutation("post", "/notifications/{notification_id}/read");
  const readAll = api.useMutation("post", "/notifications/read");
  const newest = told.data?.items.find((each) => each.read_at === null);
  return (
    <Section
      title="Notifications"
      act={
        <div className="flex flex-wrap items-center gap-2">
          <Chips
            label="Which notifications"
            all={[{ value: "unread", label: "unread only" }]}
            chosen={filters}
            onChange={setFilters}
          />
          {newest && (
            <Button
              busy={readAll.isPending}
              onClick={() => {
                readAll.mutate({ body: { up_to: newest.id } });
              }}
            >
              Mark all read
            </Button>
          )}
        </div>
      }
    >
      <Shown of={told}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>
              {unread
                ? "Everything is read."
                : "You were told nothing yet. Alerts, freezes, failed runs and recommendations are told here, and by channels if you set some up."}
            </EmptyState>
          ) : (
            <Rows label="Notifications">
              {items.map((each) => (
                <Row
                  key={each.id}
                  edge={EDGES[each.severity]}
                  act={
                    each.read_at === null && (
                      <Button
                        aria-label={`Mark as read: ${each.title}`}
                        onClick={() => {
                          read.mutate({ params: { path: { notification_id: each.id } } });
                        }}
                      >
                        Read
                      </Button>
                    )
                  }
                >
                  <p className={each.read_at === null ? "font-semibold" : ""}>{each.title}</p>
                  <Beneath>
                    {each.sentence} <Ago at={each.at} />
                  </Beneath>
                </Row>
              ))}
            </Rows>
          )
        }
      </Shown>
    </Section>
  );
}
