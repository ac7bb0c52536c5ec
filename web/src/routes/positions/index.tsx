import { createFileRoute } from "@tanstack/react-router";
import { Positions } from "~/screens/positions/Positions";

interface Search {
  /** The listing in which a position is to be opened: the form is there at once. */
  listing?: string;
}

export const Route = createFileRoute("/positions/")({
  staticData: { screen: { title: "Positions", key: "p", place: 2 } },
  validateSearch: ({ listing }: Record<string, unknown>): Search =>
    typeof listing === "string" ? { listing } : {},
  component: function PositionsRoute() {
    return <Positions listing={Route.useSearch().listing} />;
  },
});
