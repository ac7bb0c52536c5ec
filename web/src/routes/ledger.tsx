import { createFileRoute } from "@tanstack/react-router";
import { Ledger } from "~/screens/ledger/Ledger";

export const Route = createFileRoute("/ledger")({
  staticData: { screen: { title: "Ledger", key: "m", place: 5 } },
  component: Ledger,
});
