/** Filters as chips: pressed or not, several at once. */

interface Props<T extends string> {
  label: string;
  all: readonly { value: T; label: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

export function Chips<T extends string>({ label, all, chosen, onChange }: Props<T>) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-2">
      {all.map(({ value, label: name }) => {
        const on = chosen.includes(value);
        return (
          <button
            key={value}
            type="button"
            aria-pressed={on}
            onClick={() => {
              onChange(on ? chosen.filter((each) => each !== value) : [...chosen, value]);
            }}
            className={`min-h-8 cursor-pointer rounded-full border px-3 text-small ${on ? "border-accent bg-accent text-on-accent" : "border-line bg-raised text-ink hover:border-accent"}`}
          >
            {name}
          </button>
        );
      })}
    </div>
  );
}

/** A word that says what kind of thing this is; nothing to press. */
export function Tag({
  children,
  tone = "quiet",
}: {
  children: string;
  tone?: "quiet" | "amber" | "vermilion" | "accent";
}) {
  const tones = {
    quiet: "border-line text-quiet",
    amber: "border-amber text-amber",
    vermilion: "border-vermilion text-vermilion",
    accent: "border-accent text-accent",
  };
  return (
    <span className={`inline-block rounded-full border px-2 text-small whitespace-nowrap ${tones[tone]}`}>
      {children}
    </span>
  );
}
