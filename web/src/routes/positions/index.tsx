import { createFileRoute } from "@tanstack/react-router";
import { Positions } from "~/screens/positions/Positions";

export const Route = createFileRoute("/positions/")({
  staticData: { screen: { title: "Positions", key: "p", place: 2 } },
  component: Positions,
});
