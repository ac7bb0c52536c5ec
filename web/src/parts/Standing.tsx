/** A screen's answer in a sentence, as loud as how things stand. */

import { Shown, type Query } from "./Told";

const TONES = { quiet: "", look: "text-amber", stopped: "text-vermilion font-semibold" };

interface Answer {
  state: keyof typeof TONES;
  sentence: string;
}

export function Standing({ of }: { of: Query<Answer> }) {
  return (
    <Shown of={of} rows={1}>
      {({ state, sentence }) => (
        <p role="status" className={TONES[state]}>
          {sentence}
        </p>
      )}
    </Shown>
  );
}
