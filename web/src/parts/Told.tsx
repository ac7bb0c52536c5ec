/** What stands in the place of content: nothing there yet, refused, or not known yet. */

import type { ReactNode } from "react";
import { problemOf } from "~/api/problem";

/** Says what will appear here and how to make it. */
export function EmptyState({ children, act }: { children: ReactNode; act?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 rounded border border-dashed border-line px-4 py-6">
      <p className="max-w-prose text-quiet">{children}</p>
      {act}
    </div>
  );
}

/** A refusal in the server's own sentence, with what it said about each field. */
export function ProblemNote({ error }: { error: unknown }) {
  const problem = problemOf(error);
  const fields = problem.errors ?? [];
  return (
    <div role="alert" className="max-w-prose rounded border border-vermilion bg-vermilion-wash px-4 py-3">
      <p className="text-vermilion">{problem.detail}</p>
      {fields.length > 1 && (
        <ul className="mt-1 list-disc pl-5">
          {fields.map((each) => (
            <li key={each.field + each.detail}>
              <code>{each.field}</code>: {each.detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Rows that are not known yet: their place, greyed, so that nothing jumps when they come. */
export function Awaited({ rows = 3 }: { rows?: number }) {
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">Reading…</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="h-8 rounded bg-line opacity-40" />
      ))}
    </div>
  );
}

/** As much of a query as is shown of it. */
export interface Query<T> {
  data: T | undefined;
  error: unknown;
  isPlaceholderData: boolean;
}

/** What a query answers: the last known state, greyed while it is old, never an empty page with a wheel. */
export function Shown<T>({
  of,
  rows,
  children,
}: {
  of: Query<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  const old = of.isPlaceholderData || of.error !== null;
  return (
    <>
      {of.error !== null && <ProblemNote error={of.error} />}
      {of.data === undefined ? (
        of.error === null && <Awaited rows={rows} />
      ) : (
        <div className={old ? "opacity-50" : undefined} aria-busy={old}>
          {children(of.data)}
        </div>
      )}
    </>
  );
}
