/** The figures that are changed most, each in a field; the rest of the policy's text is left as it stands. */

import { useState } from "react";
import { aboutField, type Problem } from "~/api/problem";
import { number, written } from "~/numbers/format";
import { DecimalField, TextField } from "~/parts/Field";
import { commonFigures, rewritten, type Leaf } from "./exact";

interface Props {
  policy: string;
  problem: Problem | null;
  onChange: (policy: string) => void;
}

export function CommonFigures({ policy, problem, onChange }: Props) {
  const [typed, setTyped] = useState<Record<string, string>>({});

  function write(leaf: Leaf, text: string) {
    setTyped({ ...typed, [leaf.path]: text });
    const decimal = written(text);
    if (decimal !== null) onChange(rewritten(policy, leaf, decimal));
  }

  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {commonFigures(policy).map((leaf) => {
        const label = leaf.path.replaceAll(".", ", ").replaceAll("_", " ");
        const refused = aboutField(problem, `policy.${leaf.path}`);
        if (leaf.node.type === "string") {
          return (
            <TextField
              key={leaf.path}
              label={label}
              value={String(leaf.node.value)}
              error={refused}
              onChange={(event) => {
                onChange(rewritten(policy, leaf, JSON.stringify(event.target.value)));
              }}
            />
          );
        }
        const text = typed[leaf.path];
        // What was typed stands as long as it means what the policy says: "0," on the way to "0,5".
        const stands = text !== undefined && (written(text) ?? leaf.raw) === leaf.raw;
        return (
          <DecimalField
            key={leaf.path}
            label={label}
            value={stands ? text : number(leaf.raw)}
            error={stands && written(text) === null ? "Write a number." : refused}
            onChange={(event) => {
              write(leaf, event.target.value);
            }}
          />
        );
      })}
    </div>
  );
}
