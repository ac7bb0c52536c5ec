/** The page's only source: the API, typed by its own OpenAPI document. */

import createClient from "openapi-fetch";
import createHooks from "openapi-react-query";
import { QueryClient } from "@tanstack/react-query";
import { commands } from "./commands";
import { problemOf } from "./problem";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

export const client = createClient<paths>({ baseUrl: window.location.origin });
client.use(commands);

/** `api.useQuery("get", "/today")`, `api.useMutation("post", "/freeze")`: typed by address. */
export const api = createHooks(client);

function worthAnotherTry(failures: number, error: unknown): boolean {
  const { status } = problemOf(error);
  return failures < 2 && (status === 0 || status === 503);
}

export const queries: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      gcTime: 15 * 60_000,
      retry: worthAnotherTry,
      refetchOnWindowFocus: true,
    },
    mutations: {
      onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "past" }),
    },
  },
});
