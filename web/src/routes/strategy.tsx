import { createFileRoute } from "@tanstack/react-router";
import { Strategy } from "~/screens/strategy/Strategy";

interface Looked {
  /** The draft instead of what is active. */
  version?: "draft";
  edit?: true;
}

export const Route = createFileRoute("/strategy")({
  staticData: { screen: { title: "Strategy", key: "r", place: 6 } },
  validateSearch: ({ version, edit }: Record<string, unknown>): Looked => ({
    ...(version === "draft" && { version }),
    ...(edit === true && { edit }),
  }),
  component: function StrategyRoute() {
    const { version, edit } = Route.useSearch();
    return <Strategy version={version} edit={edit} />;
  },
});
