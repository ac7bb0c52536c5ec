/** Why something was refused, as the server says it (RFC 9457). */

import type { components } from "./schema";

export type Problem = components["schemas"]["Problem"];

const SILENT: Problem = {
  type: "/problems/silent",
  title: "No answer",
  status: 0,
  detail:
    "Ballast does not answer just now. What you see is the last known state; it is asked again by itself.",
};

/** A problem of whatever was thrown: an answer of the server, or the lack of one. */
export function problemOf(error: unknown): Problem {
  if (typeof error === "object" && error !== null && "detail" in error && "type" in error) {
    return error as Problem;
  }
  return SILENT;
}

/** The sentence about one field, if it was refused. */
export function aboutField(problem: Problem | null, field: string): string | undefined {
  return problem?.errors?.find((each) => each.field === field)?.detail;
}
