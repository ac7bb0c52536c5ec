import { createFileRoute } from "@tanstack/react-router";
import { Timeline } from "~/screens/timeline/Timeline";
import { TOPICS, type Filters, type Topic } from "~/screens/timeline/filters";

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

const number = (value: unknown) => (typeof value === "number" ? value : undefined);

export const Route = createFileRoute("/timeline")({
  staticData: { screen: { title: "Timeline", key: "l", place: 3 } },
  validateSearch: ({ about, position, order, run, event, until }: Record<string, unknown>): Filters => ({
    about: Array.isArray(about)
      ? TOPICS.map((each) => each.value).filter((each: Topic) => about.includes(each))
      : undefined,
    position: text(position),
    order: text(order),
    run: text(run),
    event: number(event),
    until: number(until),
  }),
  component: TimelineRoute,
});

function TimelineRoute() {
  const filters = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <Timeline
      filters={filters}
      onFilter={(change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })}
    />
  );
}
