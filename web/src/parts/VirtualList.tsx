/** A long list of which only what is on the screen is drawn; rows may be of any height. */

import { useRef, type ReactNode } from "react";
import { useWindowed } from "./windowed";

interface Props<T> {
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string | number;
  children: (item: T, index: number) => ReactNode;
  /** Called when the end comes into sight. */
  onEnd?: () => void;
  /** Called with the places of the first and the last row in sight. */
  onSight?: (first: number, last: number) => void;
  /** Whether there are more than are known, so that nobody is told a wrong number of them. */
  more?: boolean;
  estimate?: number;
}

export function VirtualList<T>({ label, items, children, more = false, estimate = 40, ...props }: Props<T>) {
  const list = useRef<HTMLDivElement>(null);
  const rows = useWindowed(list, { items, estimate, ...props });
  return (
    <div
      ref={list}
      role="list"
      aria-label={label}
      className="relative"
      style={{ height: rows.getTotalSize() }}
    >
      {rows.getVirtualItems().map((row) => (
        <div
          key={row.key}
          ref={rows.measureElement}
          data-index={row.index}
          role="listitem"
          aria-setsize={more ? -1 : items.length}
          aria-posinset={row.index + 1}
          className="absolute inset-x-0 top-0"
          style={{ transform: `translateY(${row.start - rows.options.scrollMargin}px)` }}
        >
          {children(items[row.index] as T, row.index)}
        </div>
      ))}
    </div>
  );
}
