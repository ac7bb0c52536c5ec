import { createFileRoute } from "@tanstack/react-router";
import { Position } from "~/screens/position/Position";
import { SPANS, type Span } from "~/screens/position/types";

interface Search {
  /** How much of the past the chart shows. */
  span?: Span;
}

export const Route = createFileRoute("/positions/$positionId")({
  validateSearch: ({ span }: Record<string, unknown>): Search => {
    const known = SPANS.find((each) => each === span);
    return known ? { span: known } : {};
  },
  component: PositionRoute,
});

function PositionRoute() {
  const { positionId } = Route.useParams();
  const { span } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <Position
      key={positionId}
      id={positionId}
      span={span}
      onSpan={(chosen) => void navigate({ search: (before) => ({ ...before, span: chosen }), replace: true })}
    />
  );
}
