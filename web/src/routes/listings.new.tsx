import { createFileRoute } from "@tanstack/react-router";
import { NewListing } from "~/screens/listing/NewListing";

interface Search {
  /** The symbol that was looked for and not found. */
  symbol?: string;
}

export const Route = createFileRoute("/listings/new")({
  validateSearch: ({ symbol }: Record<string, unknown>): Search =>
    typeof symbol === "string" ? { symbol } : {},
  component: function NewListingRoute() {
    const { symbol = "" } = Route.useSearch();
    return <NewListing key={symbol} symbol={symbol} />;
  },
});
