/** A button that asks why before it does anything, because the answer is kept for whoever reads the timeline. */

import { useState, type ReactNode } from "react";
import { DialogButton } from "./DialogButton";
import { TextField } from "./Field";
import { Form } from "./Form";

interface Props {
  button: string;
  title: string;
  says: string;
  command: { isPending: boolean; error: unknown; reset: () => void };
  send: (reason: string) => Promise<unknown>;
  look?: "plain" | "main" | "danger";
  children?: ReactNode;
}

export function ReasonDialog({ button, title, command, look, ...question }: Props) {
  return (
    <DialogButton button={button} title={title} look={look} onOpen={command.reset}>
      {(leave) => <Question button={button} command={command} look={look} onLeave={leave} {...question} />}
    </DialogButton>
  );
}

type QuestionProps = Omit<Props, "title"> & { onLeave: () => void };

function Question({ button, says, command, send, look, children, onLeave }: QuestionProps) {
  const [reason, setReason] = useState("");
  return (
    <Form
      send={button}
      look={look === "danger" ? "danger" : "main"}
      command={command}
      onSend={() => {
        // Refused, the command keeps the problem, and the form shows it.
        send(reason.trim()).then(onLeave, () => undefined);
      }}
      onLeave={onLeave}
    >
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
    </Form>
  );
}
