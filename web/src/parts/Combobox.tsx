/** A field in which one types a few letters and chooses among what is found; the arrow keys go through it. */

import { useId, useState, type InputHTMLAttributes, type KeyboardEvent, type ReactNode } from "react";

interface Props<T> extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "children"> {
  /** What the list is called. */
  list: string;
  text: string;
  onText: (text: string) => void;
  /** Nothing where nobody is choosing. */
  found: readonly T[];
  keyOf: (item: T) => string;
  onChoose: (item: T) => void;
  /** Called by Escape while there is something to choose. */
  onLeave?: () => void;
  children: (item: T) => ReactNode;
}

export function Combobox<T>({ list, text, onText, found, keyOf, onChoose, onLeave, ...rest }: Props<T>) {
  const { children, ...input } = rest;
  const [at, setAt] = useState(0);
  const id = useId();

  function pressed(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (found.length === 0) return;
    if (step !== undefined) setAt(Math.min(Math.max(at + step, 0), found.length - 1));
    else if (event.key === "Enter" && found[at] !== undefined) onChoose(found[at]);
    else if (event.key === "Escape" && onLeave) onLeave();
    else return;
    event.preventDefault(); // neither sent as a form nor left as a dialog
  }

  return (
    <>
      <input
        className="min-h-10 rounded border border-line bg-ground px-3"
        {...input}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setAt(0);
        }}
        onKeyDown={pressed}
      />
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={list}
        className="flex max-h-80 flex-col overflow-y-auto"
      >
        {found.map((each, index) => (
          <li
            key={keyOf(each)}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            // The field keeps the focus, so that it does not look left while one chooses.
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              onChoose(each);
            }}
            className={`flex min-h-10 cursor-pointer items-center justify-between gap-3 rounded px-3 hover:bg-wash ${index === at ? "bg-wash" : ""}`}
          >
            {children(each)}
          </li>
        ))}
      </ul>
    </>
  );
}
