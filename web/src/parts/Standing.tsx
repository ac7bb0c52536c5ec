/** A screen's answer in a sentence; what is wrong stands first, as loud as it is, and the rest as it is. */

import { unbroken } from "~/numbers/format";
import { Shown, type Query } from "./Told";

const TONES = { quiet: "", look: "text-amber", stopped: "text-vermilion font-semibold" };

interface Answer {
  state: keyof typeof TONES;
  sentence: string;
  alarm: string | null;
}

export function Standing({ of }: { of: Query<Answer> }) {
  return (
    <Shown of={of} rows={1}>
      {({ state, sentence, alarm }) => (
        <p role="status">
          {alarm !== null && <span className={TONES[state]}>{unbroken(alarm)}</span>}
          {unbroken(sentence.slice(alarm?.length ?? 0))}
        </p>
      )}
    </Shown>
  );
}
