/** Which rows of a long list are on the screen, for lists and tables that scroll with the window. */

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useState, type RefObject } from "react";

const OVERSCAN = 12;
const FROM_THE_END = 5;

interface Wanted<T> {
  items: readonly T[];
  keyOf: (item: T) => string | number;
  /** Pixels that a row takes before it was measured. */
  estimate: number;
  /** Called when the end comes into sight. */
  onEnd?: () => void;
  /** Called with the places of the first and the last row in sight. */
  onSight?: (first: number, last: number) => void;
}

/** `place` is the element that holds the rows; its distance from the top is followed while what stands above it grows. */
export function useWindowed<T>(place: RefObject<HTMLElement | null>, wanted: Wanted<T>) {
  const { items, keyOf, estimate, onEnd, onSight } = wanted;
  const top = useTop(place);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => estimate,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: (index) => keyOf(items[index] as T),
  });
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd && items.length > 0 && last >= items.length - FROM_THE_END) onEnd();
  }, [last, items.length, onEnd]);
  const { startIndex: from = 0, endIndex: to = 0 } = rows.range ?? {};
  useEffect(() => {
    onSight?.(from, to);
  }, [from, to, onSight]);
  return rows;
}

function useTop(place: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    function measure() {
      if (place.current) setTop(Math.round(place.current.getBoundingClientRect().top + window.scrollY));
    }
    measure();
    const moved = new ResizeObserver(measure);
    moved.observe(document.body);
    return () => {
      moved.disconnect();
    };
  }, [place]);
  return top;
}
