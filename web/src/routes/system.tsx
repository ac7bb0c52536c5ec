import { createFileRoute } from "@tanstack/react-router";
import { System } from "~/screens/system/System";

export const Route = createFileRoute("/system")({
  staticData: { screen: { title: "System", key: "y", place: 9 } },
  component: System,
});
