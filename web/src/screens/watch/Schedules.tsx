/** When runs are due: in words, and the next slot. */

import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { DialogButton } from "~/parts/DialogButton";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { EmptyState, ProblemNote, Shown } from "~/parts/Told";
import { exact } from "~/numbers/time";
import { usePortfolio } from "~/shell/portfolio";
import { nameOf } from "~/screens/runs/kinds";
import { ScheduleForm } from "./ScheduleForm";
import { useSetSchedules, type Wanted } from "./setSchedules";

type Schedule = Schemas["Schedule"];

export function Schedules() {
  const portfolio = usePortfolio();
  const schedules = api.useQuery(
    "get",
    "/portfolios/{portfolio_id}/schedules",
    { params: { path: { portfolio_id: portfolio?.id ?? "" } } },
    { enabled: portfolio !== undefined },
  );
  if (!portfolio) return null;
  const standing = schedules.data?.items ?? [];
  const add = (
    <DialogButton button="Add a schedule" title="Add a schedule">
      {(leave) => <ScheduleForm portfolioId={portfolio.id} standing={standing} onLeave={leave} />}
    </DialogButton>
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
                <Line key={each.kind} schedule={each} portfolioId={portfolio.id} all={items} />
              ))}
            </Rows>
          )
        }
      </Shown>
    </Section>
  );
}

interface LineProps {
  schedule: Schedule;
  portfolioId: string;
  all: readonly Wanted[];
}

function Line({ schedule, portfolioId, all }: LineProps) {
  const change = useSetSchedules(portfolioId);
  const others = all.filter((each) => each.kind !== schedule.kind);
  return (
    <Row
      edge={schedule.enabled ? "accent" : "plain"}
      act={
        <>
          <DialogButton button="Edit" label={`Edit ${nameOf(schedule.kind)}`} title={nameOf(schedule.kind)}>
            {(leave) => (
              <ScheduleForm portfolioId={portfolioId} standing={all} known={schedule} onLeave={leave} />
            )}
          </DialogButton>
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
