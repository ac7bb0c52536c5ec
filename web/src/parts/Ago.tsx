/** A time relative to now, with the exact one on hover and for who reads by ear. */

import { exact, relative, useNow } from "~/numbers/time";

export function Ago({ at, late = false }: { at: string; late?: boolean }) {
  const now = useNow();
  return (
    <time
      dateTime={at}
      title={exact(at)}
      className={`whitespace-nowrap ${late ? "text-amber" : "text-quiet"}`}
    >
      {relative(at, now)}
    </time>
  );
}
