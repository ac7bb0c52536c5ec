/** Fields of forms: a label above, a hint or what is wrong beneath, tied to the field for who reads by ear. */

import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from "react";

export interface Told {
  label: string;
  hint?: ReactNode;
  error?: string;
}

const BOX = "min-h-10 w-full rounded border bg-raised px-3 text-ink disabled:opacity-50";

function Frame({ id, label, hint, error, children }: Told & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small text-quiet">
        {label}
      </label>
      {children}
      {(error ?? hint) && (
        <p id={`${id}-told`} className={`text-small ${error ? "text-vermilion" : "text-quiet"}`}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

/** What ties a control to its label, its hint and what is wrong with it. */
export function told({ hint, error }: Omit<Told, "label">, id: string) {
  return {
    id,
    "aria-invalid": error !== undefined,
    "aria-describedby": (error ?? hint) ? `${id}-told` : undefined,
    className: `${BOX} ${error ? "border-vermilion" : "border-line"}`,
  };
}

/** A control of another kind, with a label and what is told of it. */
export function Labelled({ children, ...rest }: Told & { children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <Frame id={id} {...rest}>
      {children(id)}
    </Frame>
  );
}

export function TextField({ label, hint, error, ...input }: Told & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input {...input} {...told({ hint, error }, id)} />
    </Frame>
  );
}

/** A decimal, written with the locale's comma or point; read it with `written` of numbers/format. */
export function DecimalField(props: Told & InputHTMLAttributes<HTMLInputElement>) {
  return <TextField inputMode="decimal" autoComplete="off" {...props} />;
}

/** A code, such as a symbol or a currency: it shows in capitals, whatever is typed, and is to be sent so. */
export function CodeField(props: Told & InputHTMLAttributes<HTMLInputElement>) {
  return <TextField autoComplete="off" autoCapitalize="characters" spellCheck={false} {...props} />;
}

export function SelectField({
  label,
  hint,
  error,
  children,
  ...select
}: Told & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select {...select} {...told({ hint, error }, id)}>
        {children}
      </select>
    </Frame>
  );
}

export function CheckField({ label, hint, ...input }: Told & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className="flex flex-col">
      <label htmlFor={id} className="flex min-h-10 items-center gap-2">
        <input type="checkbox" className="size-4 accent-accent" {...input} id={id} />
        {label}
      </label>
      {hint && <p className="text-small text-quiet">{hint}</p>}
    </div>
  );
}
