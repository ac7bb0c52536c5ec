/** What differs between two policies, place by place. */

import type { Schemas } from "~/api/client";

export function Changes({ changes, none }: { changes: Schemas["PolicyChange"][]; none: string }) {
  if (changes.length === 0) return <p className="text-quiet">{none}</p>;
  return (
    <dl>
      {changes.map((each) => (
        <div
          key={each.path}
          className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-2"
        >
          <dt>
            <code className="text-small">{each.path}</code>
          </dt>
          <dd className="min-w-0 break-all">
            <del className="text-quiet">{each.before ?? "nothing"}</del> <span aria-hidden="true">→</span>{" "}
            <ins className="font-semibold no-underline">{each.after ?? "nothing"}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
