/** Search: type a few letters of a symbol, a name or a screen, and go there. */

import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Combobox } from "~/parts/Combobox";
import { Dialog } from "~/parts/Dialog";
import { asSymbol, useFound } from "./found";

export function SearchDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="Search" open={open} onClose={onClose}>
      <Search onClose={onClose} />
    </Dialog>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState("");
  const navigate = useNavigate();
  const { found, isSettled } = useFound(words);
  return (
    <div className="flex flex-col gap-2">
      <Combobox
        autoFocus
        aria-label="Search"
        list="Found"
        placeholder="KO, First steps, Timeline …"
        text={words}
        onText={setWords}
        found={found}
        keyOf={(each) => each.id}
        onChoose={(each) => {
          onClose();
          void navigate(each.link);
        }}
      >
        {(each) => (
          <>
            <span className="truncate">{each.name}</span>
            <span className="text-small text-quiet">{each.kind}</span>
          </>
        )}
      </Combobox>
      {found.length === 0 && isSettled && <NothingFound words={words.trim()} onLeave={onClose} />}
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
