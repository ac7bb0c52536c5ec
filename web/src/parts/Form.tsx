/** A form: its fields, why it was refused, the way out and the way on. */

import { useState, type FormEvent, type ReactNode } from "react";
import { Button } from "./Button";
import { ProblemNote } from "./Told";

interface Props {
  /** What the button says that sends it. */
  send: string;
  look?: "main" | "danger";
  command: { isPending: boolean; error: unknown };
  /** Whether its fields say already why it was refused. */
  isTold?: boolean;
  disabled?: boolean;
  onSend: () => void;
  onLeave: () => void;
  /** A button beside the others. */
  beside?: ReactNode;
  children: ReactNode;
}

export function Form({ send, look = "main", command, isTold, disabled, onSend, onLeave, ...rest }: Props) {
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!disabled && !command.isPending) onSend();
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      {rest.children}
      {command.error != null && !isTold && <ProblemNote error={command.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        {rest.beside}
        <Button onClick={onLeave}>Leave it</Button>
        <Button type="submit" look={look} busy={command.isPending} disabled={disabled}>
          {send}
        </Button>
      </div>
    </form>
  );
}

type Changed = { target: { value: string } };

/** What is written into a form's fields, and for each field what ties it to that. */
export function useFields<Name extends string>(first: () => Record<Name, string>, onChange?: () => void) {
  const [text, setText] = useState(first);
  function field(name: Name) {
    return {
      value: text[name],
      onChange: (event: Changed) => {
        onChange?.();
        setText((before) => ({ ...before, [name]: event.target.value }));
      },
    };
  }
  return [text, field] as const;
}
