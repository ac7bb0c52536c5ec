/** Search: type a few letters of a symbol, a name or a screen, and go there. */

import { Link, useNavigate } from "@tanstack/react-router";
import { useId, useState, type KeyboardEvent } from "react";
import { Dialog } from "~/parts/Dialog";
import { asSymbol, useFound, type Found } from "./found";

export function SearchDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="Search" open={open} onClose={onClose}>
      <Search onClose={onClose} />
    </Dialog>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const found = useFound(words);
  const id = useId();

  function go(to: Found) {
    onClose();
    void navigate(to.link);
  }

  function pressed(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.min(Math.max(at + step, 0), found.length - 1));
    } else if (event.key === "Enter" && found[at]) go(found[at]);
  }

  return (
    <div className="flex flex-col gap-2">
      <input
        autoFocus
        role="combobox"
        aria-label="Search"
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={pressed}
        placeholder="KO, First steps, Timeline …"
        className="min-h-10 rounded border border-line bg-ground px-3"
      />
      <ul id={id} role="listbox" aria-label="Found" className="flex max-h-80 flex-col overflow-y-auto">
        {found.map((each, index) => (
          <li
            key={each.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => {
              go(each);
            }}
            className={`flex min-h-10 cursor-pointer items-center justify-between gap-3 rounded px-3 ${index === at ? "bg-wash" : ""}`}
          >
            <span className="truncate">{each.name}</span>
            <span className="text-small text-quiet">{each.kind}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <NothingFound words={words.trim()} onLeave={onClose} />}
    </div>
  );
}

/** Letters that may be the symbol of what is not known yet lead to where it is made known. */
function NothingFound({ words, onLeave }: { words: string; onLeave: () => void }) {
  const symbol = asSymbol(words);
  return (
    <div className="flex flex-col items-start gap-2">
      <p role="status" className="text-quiet">
        Nothing goes by these letters.
      </p>
      {symbol !== undefined && (
        <Link
          to="/listings/new"
          search={{ symbol }}
          onClick={onLeave}
          className="flex min-h-10 max-w-full items-center text-accent underline"
        >
          <span className="min-w-0">Register {symbol} as a new listing</span>
        </Link>
      )}
    </div>
  );
}
