/** A row of a file: what it says, what it would book, what is wrong with it. */

import type { Schemas } from "~/api/client";
import { number, price, signOf } from "~/numbers/format";
import { Tag } from "~/parts/Chips";
import { Money, Unit } from "~/parts/Figures";

type ImportRow = Schemas["ImportRow"];
type Figure = Schemas["RowFigure"];

const STATES: Record<ImportRow["status"], ["quiet" | "amber" | "vermilion" | "accent", string]> = {
  proposed: ["accent", "to book"],
  known: ["quiet", "known"],
  agrees: ["quiet", "agrees"],
  with: ["quiet", "with another row"],
  left_out: ["quiet", "left out"],
  skipped: ["quiet", "left out by you"],
  asked: ["amber", "asks"],
  problem: ["vermilion", "problem"],
};

interface Props {
  row: ImportRow;
  currency: string;
  onSkip: (skip: boolean) => void;
}

export function Row({ row, currency, onSkip }: Props) {
  const [tone, words] = STATES[row.status];
  const mayLeave = ["proposed", "asked", "problem"].includes(row.status);
  return (
    <li className="flex flex-col gap-2 border-t border-line py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="w-14 shrink-0 text-small text-quiet">line {row.line}</span>
        <span className="min-w-0 grow basis-52">{row.sentence}</span>
        <Tag tone={tone}>{words}</Tag>
        {(mayLeave || row.status === "skipped") && (
          <button
            type="button"
            className="cursor-pointer text-small text-accent underline"
            onClick={() => {
              onSkip(mayLeave);
            }}
          >
            {mayLeave ? "leave out" : "take it again"}
            <span className="sr-only"> (line {row.line})</span>
          </button>
        )}
      </div>
      {row.problems.map((each) => (
        <p key={each.column + each.sentence} className="text-small text-vermilion">
          {each.column}: {each.sentence}
        </p>
      ))}
      {row.figures.length > 0 && <Figures all={row.figures} />}
      {row.entry && (
        <p className="text-small">
          Books <strong>{row.entry.kind.replaceAll("_", " ")}</strong>
          {signOf(row.entry.quantity) !== 0 && (
            <>
              {" "}
              of {number(row.entry.quantity)} {row.entry.symbol}
            </>
          )}
          : cash <Money value={row.entry.cash} currency={currency} />, cost{" "}
          <Money value={row.entry.book_cost} currency={currency} />
        </p>
      )}
    </li>
  );
}

function Figures({ all }: { all: Figure[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-1 text-small sm:grid-cols-2">
      {all.map((each) => (
        <div key={each.column} className="flex justify-between gap-3">
          <dt className="text-quiet">{each.column}</dt>
          <dd className="text-right">
            <span>
              {each.raw}
              <Unit>{each.unit}</Unit>
            </span>
            <span className="text-quiet" aria-label="booked as">
              {" "}
              →{" "}
            </span>
            {each.booked === null ? (
              <span className="text-amber">no rate</span>
            ) : (
              <strong>
                {each.name === "quantity" ? number(each.booked) : price(each.booked)}
                {each.booked_unit && <Unit>{each.booked_unit}</Unit>}
              </strong>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
