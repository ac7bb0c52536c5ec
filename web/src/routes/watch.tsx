import { createFileRoute } from "@tanstack/react-router";
import { Watch } from "~/screens/watch/Watch";

export const Route = createFileRoute("/watch")({
  staticData: { screen: { title: "Watch", key: "w", place: 7 } },
  component: Watch,
});
