import { createFileRoute } from "@tanstack/react-router";
import { Proof } from "~/screens/proof/Proof";

export const Route = createFileRoute("/proof")({
  staticData: { screen: { title: "Proof", key: "f", place: 8 } },
  component: Proof,
});
