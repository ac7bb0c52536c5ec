/** One setting as the field that suits it. */

import { CheckField, DecimalField, SelectField } from "~/parts/Field";
import type { Field } from "./fields";

interface Props {
  field: Field;
  text: string;
  changed: boolean;
  error?: string;
  onChange: (text: string) => void;
}

export function SettingField({ field, text, changed, error, onChange }: Props) {
  const label = changed ? `${field.label} (changed)` : field.label;
  if (field.kind === "switch") {
    return (
      <CheckField
        label={label}
        hint={field.hint}
        checked={text === "true"}
        onChange={(event) => {
          onChange(String(event.target.checked));
        }}
      />
    );
  }
  if (typeof field.kind !== "string") {
    return (
      <SelectField
        label={label}
        hint={field.hint}
        error={error}
        value={text}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        {field.kind.map((each) => (
          <option key={each} value={each}>
            {each.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
    );
  }
  return (
    <DecimalField
      label={label}
      hint={field.hint}
      error={error}
      value={text}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    />
  );
}
