import { createFileRoute } from "@tanstack/react-router";
import { Today } from "~/screens/today/Today";

export const Route = createFileRoute("/")({
  staticData: { screen: { title: "Today", key: "t", place: 1 } },
  component: Today,
});
