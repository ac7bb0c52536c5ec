/** When runs are due: in words, and the next slot. */

import { useState } from "react";
import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { EmptyState, ProblemNote, Shown } from "~/parts/Told";
import { exact } from "~/numbers/time";
import { usePortfolio } from "~/shell/portfolio";
import { nameOf } from "./kinds";
import { ScheduleDialog } from "./ScheduleDialog";
import { useSetSchedules, type Wanted } from "./setSchedules";

type Schedule = Schemas["Schedule"];

export function Schedules() {
  const portfolio = usePortfolio();
  const [edited, setEdited] = useState<Wanted | "new" | null>(null);
  const schedules = api.useQuery(
    "get",
    "/portfolios/{portfolio_id}/schedules",
    { params: { path: { portfolio_id: portfolio?.id ?? "" } } },
    { enabled: portfolio !== undefined },
  );
  if (!portfolio) return null;
  const standing = schedules.data?.items ?? [];
  const add = (
    <Button
      onClick={() => {
        setEdited("new");
      }}
    >
      Add a schedule
    </Button>
  );
  return (
    <Section title="Schedules" act={standing.length > 0 && add}>
      <Shown of={schedules}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState act={add}>
              Nothing runs by itself here. A schedule asks for a price refresh, a review or an allocation at
              its time.
            </EmptyState>
          ) : (
            <Rows label="Schedules">
              {items.map((each) => (
                <Line
                  key={each.kind}
                  schedule={each}
                  portfolioId={portfolio.id}
                  all={items}
                  onEdit={() => {
                    setEdited(each);
                  }}
                />
              ))}
            </Rows>
          )
        }
      </Shown>
      <ScheduleDialog
        key={edited === null ? "closed" : edited === "new" ? "new" : edited.kind}
        portfolioId={portfolio.id}
        standing={standing}
        edited={edited}
        onClose={() => {
          setEdited(null);
        }}
      />
    </Section>
  );
}

interface LineProps {
  schedule: Schedule;
  portfolioId: string;
  all: readonly Wanted[];
  onEdit: () => void;
}

function Line({ schedule, portfolioId, all, onEdit }: LineProps) {
  const change = useSetSchedules(portfolioId);
  const others = all.filter((each) => each.kind !== schedule.kind);
  return (
    <Row
      edge={schedule.enabled ? "accent" : "plain"}
      act={
        <>
          <Button aria-label={`Edit ${nameOf(schedule.kind)}`} onClick={onEdit}>
            Edit
          </Button>
          <Button
            aria-label={`${schedule.enabled ? "Switch off" : "Switch on"} ${nameOf(schedule.kind)}`}
            busy={change.isPending}
            onClick={() => {
              void change
                .set([...others, { ...schedule, enabled: !schedule.enabled }])
                .catch(() => undefined);
            }}
          >
            {schedule.enabled ? "Switch off" : "Switch on"}
          </Button>
        </>
      }
    >
      <p>{nameOf(schedule.kind)}</p>
      <Beneath>
        {schedule.in_words}, {schedule.time_zone}
        {schedule.next_due ? (
          <>
            {" · next "}
            <Ago at={schedule.next_due} />, {exact(schedule.next_due)} here
          </>
        ) : (
          " · switched off"
        )}
      </Beneath>
      {change.error != null && <ProblemNote error={change.error} />}
    </Row>
  );
}
