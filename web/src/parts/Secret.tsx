/** A secret that is shown once. */

import { useState, type ReactNode } from "react";
import { Button } from "./Button";

interface Props {
  /** Null where it was told before. */
  secret: string | null;
  onDone: () => void;
  /** What it is for. */
  children: ReactNode;
}

export function Secret({ secret, onDone, children }: Props) {
  return (
    <div className="flex flex-col gap-4">
      {children}
      {secret === null ? (
        <p>It was told when it was made, and is never told again.</p>
      ) : (
        <>
          <p>Copy it now: it is not shown again.</p>
          <code className="rounded border border-line bg-ground p-3 text-small break-all select-all">
            {secret}
          </code>
        </>
      )}
      <div className="flex justify-end gap-2">
        {secret !== null && <Copy text={secret} />}
        <Button look="main" onClick={onDone}>
          I have it
        </Button>
      </div>
    </div>
  );
}

function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => {
          setCopied(true);
        });
      }}
    >
      {copied ? "Copied" : "Copy"}
    </Button>
  );
}
