/** Schedules go to the server all together: a kind that is not among them is not scheduled any more. */

import { api } from "~/api/client";

export interface Wanted {
  kind: string;
  cron: string;
  time_zone: string;
  enabled: boolean;
}

export function useSetSchedules(portfolioId: string) {
  const { mutateAsync, isPending, error } = api.useMutation("put", "/portfolios/{portfolio_id}/schedules");
  return {
    isPending,
    error,
    set: (wanted: readonly Wanted[]) =>
      mutateAsync({
        params: { path: { portfolio_id: portfolioId } },
        body: {
          schedules: wanted.map(({ kind, cron, time_zone, enabled }) => ({ kind, cron, time_zone, enabled })),
        },
      }),
  };
}
