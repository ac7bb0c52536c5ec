/** The rule's settings for this position: change, see at once what they would do, save; and how they came to be. */

import { useState, type FormEvent } from "react";
import { api } from "~/api/client";
import { problemOf } from "~/api/problem";
import { Button } from "~/parts/Button";
import { EventLines } from "~/parts/EventLine";
import { Section } from "~/parts/Section";
import { ProblemNote } from "~/parts/Told";
import { FIRST, FURTHER, PRESETS, read, shown, type Field } from "./fields";
import { Preview } from "./Preview";
import { SettingField } from "./SettingField";
import type { Card, Change } from "./types";

type Texts = Partial<Record<Field["name"], string>>;

const ALL = [...FIRST, ...FURTHER];

export function SettingsSection({ card }: { card: Card }) {
  const [texts, setTexts] = useState<Texts>({});
  const save = api.useMutation("patch", "/positions/{position_id}/settings");
  const problem = save.error === null ? null : problemOf(save.error);
  const wrong = ALL.filter(
    (each) => texts[each.name] !== undefined && read(each, texts[each.name] ?? "") === undefined,
  );
  const change = changed(card, texts);
  const isChanged = Object.keys(change).length > 0;

  function write(field: Field, text: string) {
    save.reset();
    setTexts((before) => ({ ...before, [field.name]: text }));
  }

  function preset(wanted: Change) {
    save.reset();
    const settings = { ...card.settings, ...wanted } as Card["settings"];
    setTexts(
      Object.fromEntries(
        ALL.filter((each) => each.name in wanted).map((each) => [each.name, shown(each, settings)]),
      ),
    );
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate(
      { params: { path: { position_id: card.id } }, body: change },
      {
        onSuccess: () => {
          setTexts({});
        },
      },
    );
  }

  const field = (each: Field) => (
    <SettingField
      key={each.name}
      field={each}
      text={texts[each.name] ?? shown(each, card.settings)}
      changed={each.name in change}
      error={
        wrong.includes(each)
          ? "This cannot be read."
          : problem?.errors?.find((e) => e.field.endsWith(each.name))?.detail
      }
      onChange={(text) => {
        write(each, text);
      }}
    />
  );

  return (
    <Section title="Settings" act={<Presets onChoose={preset} />}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{FIRST.map(field)}</div>
        <details>
          <summary className="min-h-8 cursor-pointer text-accent">Further settings</summary>
          <div className="grid gap-4 pt-3 sm:grid-cols-2 lg:grid-cols-3">{FURTHER.map(field)}</div>
        </details>
        {isChanged && wrong.length === 0 && <Preview card={card} change={change} />}
        {save.error !== null && <ProblemNote error={save.error} />}
        <div className="flex gap-2">
          <Button type="submit" look="main" busy={save.isPending} disabled={!isChanged || wrong.length > 0}>
            Save settings
          </Button>
          {Object.keys(texts).length > 0 && (
            <Button
              onClick={() => {
                setTexts({});
              }}
            >
              As they were
            </Button>
          )}
        </div>
      </form>
      <History id={card.id} />
    </Section>
  );
}

/** What was written and differs from what is in force. */
function changed(card: Card, texts: Texts): Change {
  const differs = ALL.filter((each) => {
    const text = texts[each.name];
    return text !== undefined && text.trim() !== shown(each, card.settings);
  });
  return Object.fromEntries(differs.map((each) => [each.name, read(each, texts[each.name] ?? "")]));
}

function Presets({ onChoose }: { onChoose: (change: Change) => void }) {
  return (
    <div role="group" aria-label="Presets" className="flex gap-2">
      {PRESETS.map((each) => (
        <Button
          key={each.name}
          onClick={() => {
            onChoose(each.change);
          }}
        >
          {each.name}
        </Button>
      ))}
    </div>
  );
}

function History({ id }: { id: string }) {
  const events = api.useQuery("get", "/events", {
    params: { query: { position_id: id, type: "position.settings_changed", order: "newest", limit: 20 } },
  });
  const items = events.data?.items ?? [];
  if (items.length === 0) return <p className="text-small text-quiet">Never changed since it was opened.</p>;
  return (
    <details>
      <summary className="min-h-8 cursor-pointer text-accent">
        Changed{" "}
        {items.length === 20 ? "20 times or more" : items.length === 1 ? "once" : `${items.length} times`}
      </summary>
      <EventLines events={items} />
    </details>
  );
}
