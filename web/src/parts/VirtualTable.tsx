/** A table of many rows of which only those on the screen are drawn; it still says how many there are. */

import { useRef, type ReactNode, type Ref } from "react";
import { useWindowed } from "./windowed";

/** What a row of the table has to carry. */
export interface Drawn {
  ref: Ref<HTMLTableRowElement>;
  "data-index": number;
  "aria-rowindex": number;
}

interface Props<T> {
  /** The row of headings. */
  head: ReactNode;
  items: readonly T[];
  keyOf: (item: T) => string;
  children: (item: T, drawn: Drawn, key: string) => ReactNode;
}

export function VirtualTable<T>({ head, items, keyOf, children }: Props<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = useWindowed(body, { items, keyOf, estimate: 40 });
  const shown = rows.getVirtualItems();
  const begin = (shown[0]?.start ?? 0) - rows.options.scrollMargin;
  const end = rows.getTotalSize() - ((shown.at(-1)?.end ?? 0) - rows.options.scrollMargin);
  return (
    <table className="w-full" aria-rowcount={items.length + 1}>
      <thead className="text-small text-quiet max-sm:sr-only">{head}</thead>
      <tbody ref={body}>
        <Gap height={begin} />
        {shown.map((row) => {
          const item = items[row.index] as T;
          const drawn = {
            ref: rows.measureElement,
            "data-index": row.index,
            "aria-rowindex": row.index + 2,
          };
          return children(item, drawn, keyOf(item));
        })}
        <Gap height={end} />
      </tbody>
    </table>
  );
}

function Gap({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden="true" style={{ height }} /> : null;
}
