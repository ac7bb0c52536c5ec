/** A button with a question behind it; what the question asks is made anew each time it is opened. */

import { useState, type ReactNode } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

interface Props {
  button: string;
  /** What the button is called where its word alone would not say what it is about. */
  label?: string;
  title: string;
  look?: "plain" | "main" | "danger";
  /** Whether it is open from the start. */
  isOpen?: boolean;
  /** Called before it opens: what went wrong the last time is forgotten. */
  onOpen?: () => void;
  /** What is asked, with the way to leave it. */
  children: (leave: () => void) => ReactNode;
}

export function DialogButton({ button, label, title, look, isOpen = false, onOpen, children }: Props) {
  const [open, setOpen] = useState(isOpen);
  const leave = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        look={look}
        aria-label={label}
        onClick={() => {
          onOpen?.();
          setOpen(true);
        }}
      >
        {button}
      </Button>
      <Dialog title={title} open={open} onClose={leave}>
        {children(leave)}
      </Dialog>
    </>
  );
}
