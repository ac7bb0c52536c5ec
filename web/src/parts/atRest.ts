/** What somebody types, once they pause: the server is asked about words, not about each letter of them. */

import { useEffect, useState } from "react";

const PAUSE_MS = 300;

/** The value, or the one before it while it still changes. Values are compared as text. */
export function useAtRest<T>(value: T): T {
  const [rested, setRested] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const pause = window.setTimeout(() => {
      setRested(JSON.parse(text) as T);
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(pause);
    };
  }, [text]);
  return rested;
}
