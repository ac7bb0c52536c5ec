/** Write the rules: the common figures as a form, all of them as JSON, the manifesto; checked while one types. */

import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import { queries } from "~/api/client";
import { problemOf, type Problem } from "~/api/problem";
import { Button } from "~/parts/Button";
import { Section } from "~/parts/Section";
import { ProblemNote } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";
import { Changes } from "./Changes";
import { CommonFigures } from "./CommonFigures";
import { putForward, type ExactPolicy, type PortfolioPolicy } from "./exact";

const PAUSE_MS = 500;

interface Checked {
  of: string;
  answer: PortfolioPolicy | null;
  problem: Problem | null;
}

/** What the server says of it, asked once one pauses. */
function useChecked(portfolioId: string, policy: string, manifesto: string): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    let wanted = true;
    const timer = window.setTimeout(() => {
      putForward(portfolioId, policy, manifesto, true).then(
        (answer) => {
          if (wanted) setChecked({ of: policy + manifesto, answer, problem: null });
        },
        (error: unknown) => {
          if (wanted) setChecked({ of: policy + manifesto, answer: null, problem: problemOf(error) });
        },
      );
    }, PAUSE_MS);
    return () => {
      wanted = false;
      window.clearTimeout(timer);
    };
  }, [portfolioId, policy, manifesto]);
  return checked;
}

export function Editor({ portfolio, policy: kept }: { portfolio: Portfolio; policy: ExactPolicy }) {
  const [policy, setPolicy] = useState(kept.draft ?? kept.active ?? skeleton(portfolio.base_currency));
  const [manifesto, setManifesto] = useState(
    (kept.answer.draft ?? kept.answer.active)?.manifesto ?? "# Why I own what I own\n",
  );
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const navigate = useNavigate();
  const checked = useChecked(portfolio.id, policy, manifesto);
  const current = checked?.of === policy + manifesto;

  async function save() {
    setSaving(true);
    setRefusal(null);
    try {
      await putForward(portfolio.id, policy, manifesto, false);
      await queries.invalidateQueries();
      await navigate({ to: "/strategy", search: { version: "draft" } });
    } catch (error) {
      setRefusal(error);
    } finally {
      setSaving(false);
    }
  }

  return (
    <>
      <div className="grid gap-8 lg:grid-cols-2">
        <Section title="Manifesto">
          <TextArea
            label="Markdown; a figure of the policy stands in it as {{targets.core}}"
            value={manifesto}
            onChange={setManifesto}
          />
        </Section>
        <Section title="Policy" act={<FromFile onText={setPolicy} />}>
          <CommonFigures policy={policy} problem={checked?.problem ?? null} onChange={setPolicy} />
          <details open={kept.active === null}>
            <summary className="cursor-pointer py-1 font-semibold">All of it as JSON</summary>
            <TextArea label="Numbers stay as they are written" value={policy} onChange={setPolicy} />
          </details>
        </Section>
      </div>
      <Section title="What would change">
        <div className={current ? undefined : "opacity-50"} aria-busy={!current} aria-live="polite">
          {checked?.problem && <Faults problem={checked.problem} />}
          {checked?.answer && (
            <Changes
              changes={checked.answer.changes}
              none={
                checked.answer.active === null
                  ? "It is sound: nothing is active yet that it could differ from."
                  : "It is sound, and no figure differs from what is active."
              }
            />
          )}
        </div>
        {refusal != null && <ProblemNote error={refusal} />}
        <div className="flex justify-end">
          <Button
            look="main"
            busy={saving}
            disabled={!current || checked.problem !== null}
            onClick={() => void save()}
          >
            Put forward as a draft
          </Button>
        </div>
      </Section>
    </>
  );
}

/** Everything that is wrong with it, each at its place. */
function Faults({ problem }: { problem: Problem }) {
  const faults = problem.errors ?? [];
  if (faults.length === 0) return <p className="text-vermilion">{problem.detail}</p>;
  return (
    <ul>
      {faults.map((each) => (
        <li key={each.field + each.detail} className="border-b border-line py-2">
          <code className="text-small text-vermilion">{each.field}</code> {each.detail}
        </li>
      ))}
    </ul>
  );
}

function TextArea({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small text-quiet">
        {label}
      </label>
      <textarea
        id={id}
        value={value}
        spellCheck={false}
        rows={18}
        className="w-full rounded border border-line bg-raised p-3 font-mono text-small"
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </div>
  );
}

function FromFile({ onText }: { onText: (text: string) => void }) {
  const id = useId();
  return (
    <label htmlFor={id} className="cursor-pointer text-accent underline focus-within:outline-2">
      Take a file
      <input
        id={id}
        type="file"
        accept=".json,application/json"
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void file.text().then(onText);
        }}
      />
    </label>
  );
}

function skeleton(currency: string): string {
  return `{
  "version": "1.0.0",
  "base_currency": "${currency}",
  "instruments": [
    { "ticker": "", "isin": "", "exchange": "", "currency": "${currency}", "quote_scale": "${currency}", "sleeve": "core" }
  ],
  "targets": { "core": 1 }
}
`;
}
