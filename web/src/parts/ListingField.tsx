/** Choose a listing by a few letters of it. */

import { useState } from "react";
import { Combobox } from "./Combobox";
import { Labelled, told, type Told } from "./Field";
import { calledInFull, useListing, useListingsBy, type Listing } from "./listings";

interface Props extends Told {
  /** The id of the one that is chosen, empty for none. */
  value: string;
  onChange: (id: string) => void;
  /** Whether one that trades no more can be meant. */
  alsoRetired?: boolean;
  required?: boolean;
}

export function ListingField({ value, onChange, alsoRetired = false, required, ...rest }: Props) {
  // Null while nobody looks for another one.
  const [letters, setLetters] = useState<string | null>(null);
  const chosen = useListing(value);
  const answer = useListingsBy(letters ?? "");
  const usable = (each: Listing) => alsoRetired || each.retired_on === null;
  const found = letters?.trim() ? (answer.data?.items.filter(usable) ?? []) : [];
  const isNothing = letters?.trim() && answer.data?.items.length === 0 && !answer.isPlaceholderData;
  return (
    <Labelled {...rest}>
      {(id) => (
        <>
          <Combobox
            {...told({ hint: rest.hint, error: rest.error }, id)}
            list="Listings"
            placeholder="Symbol, name or ISIN"
            required={required && value === ""}
            text={letters ?? (chosen.data && value !== "" ? calledInFull(chosen.data) : "")}
            onText={(text) => {
              setLetters(text);
              if (value !== "") onChange("");
            }}
            found={found}
            keyOf={(each) => each.id}
            onChoose={(each) => {
              onChange(each.id);
              setLetters(null);
            }}
            onLeave={() => {
              setLetters(null);
            }}
            onFocus={(event) => {
              event.target.select();
            }}
          >
            {(each) => (
              <>
                <span className="truncate">
                  {each.symbol} · {each.exchange}
                  {each.name && <span className="text-quiet"> · {each.name}</span>}
                </span>
                <span className="text-small text-quiet">{each.currency}</span>
              </>
            )}
          </Combobox>
          {isNothing && (
            <p role="status" className="text-small text-quiet">
              No listing goes by these letters.
            </p>
          )}
        </>
      )}
    </Labelled>
  );
}
