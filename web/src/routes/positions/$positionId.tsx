import { createFileRoute } from "@tanstack/react-router";
import { Position } from "~/screens/position/Position";

export const Route = createFileRoute("/positions/$positionId")({
  component: function PositionRoute() {
    return <Position id={Route.useParams().positionId} />;
  },
});
