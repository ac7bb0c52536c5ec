/** A button that asks why before it does anything, because the answer is kept for whoever reads the timeline. */

import { useState, type FormEvent } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { TextField } from "./Field";
import { ProblemNote } from "./Told";

interface Props {
  open: boolean;
  onOpen: (open: boolean) => void;
  button: string;
  title: string;
  says: string;
  command: { isPending: boolean; error: unknown; reset: () => void };
  send: (reason: string) => Promise<unknown>;
  look?: "plain" | "main" | "danger";
  children?: React.ReactNode;
}

export function ReasonDialog({ open, onOpen, button, title, says, command, send, look, children }: Props) {
  const [reason, setReason] = useState("");

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      await send(reason.trim());
      onOpen(false);
      setReason("");
    } catch {
      return; // the command keeps the problem, and the dialog shows it
    }
  }

  return (
    <>
      <Button
        look={look}
        onClick={() => {
          command.reset();
          onOpen(true);
        }}
      >
        {button}
      </Button>
      <Dialog
        title={title}
        open={open}
        onClose={() => {
          onOpen(false);
        }}
      >
        <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
          <p>{says}</p>
          <TextField
            label="Why?"
            autoFocus
            required
            maxLength={200}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
            }}
          />
          {children}
          {command.error != null && <ProblemNote error={command.error} />}
          <div className="flex justify-end gap-2">
            <Button
              onClick={() => {
                onOpen(false);
              }}
            >
              Leave it
            </Button>
            <Button type="submit" look={look === "danger" ? "danger" : "main"} busy={command.isPending}>
              {button}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
