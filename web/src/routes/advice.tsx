import { createFileRoute } from "@tanstack/react-router";
import { Advice } from "~/screens/advice/Advice";

interface Looked {
  /** The recommendation that is looked at; the newest open one when it is left out. */
  advice?: string;
}

export const Route = createFileRoute("/advice")({
  staticData: { screen: { title: "Advice", key: "a", place: 4 } },
  validateSearch: ({ advice }: Record<string, unknown>): Looked =>
    typeof advice === "string" ? { advice } : {},
  component: function AdviceRoute() {
    return <Advice looked={Route.useSearch().advice} />;
  },
});
