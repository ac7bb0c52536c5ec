/** What the timeline can be narrowed to; all of it stands in the address. */

export type Topic = "traded" | "skipped" | "data" | "me" | "money";

export interface Filters {
  about?: Topic[];
  position?: string;
  order?: string;
  run?: string;
  /** The number of the event that is unfolded. */
  event?: number;
  /** The number of the newest event that is shown, where the timeline does not begin at the newest of all. */
  until?: number;
}

export const TOPICS: readonly { value: Topic; label: string }[] = [
  { value: "traded", label: "Traded" },
  { value: "skipped", label: "Skipped" },
  { value: "data", label: "Data" },
  { value: "me", label: "What I did" },
  { value: "money", label: "Money" },
];

/** The filters as the API takes them. */
export function asked(filters: Filters, portfolio: string | undefined) {
  return {
    portfolio_id: filters.position || filters.run ? undefined : portfolio,
    position_id: filters.position,
    order_id: filters.order,
    run_id: filters.run,
    about: filters.about,
  };
}

/** Where the first page begins, as the API takes it. */
export function beginning({ until }: Filters): string | undefined {
  return until === undefined ? undefined : String(until + 1);
}
