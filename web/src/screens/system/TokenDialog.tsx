/** Make a token. Its secret is shown here, once. */

import { useState, type FormEvent } from "react";
import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { Dialog } from "~/parts/Dialog";
import { SelectField, TextField } from "~/parts/Field";
import { ProblemNote } from "~/parts/Told";

type Scope = "read" | "trade";

export function TokenDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const make = api.useMutation("post", "/auth/tokens");
  const secret = make.data?.secret;

  function close() {
    make.reset();
    setName("");
    onClose();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    make.mutate({ body: { name: name.trim(), scope, expires_in_days: 90 } });
  }

  return (
    <Dialog title={secret ? "Your token" : "Make a token"} open={open} onClose={close}>
      {secret ? (
        <Secret secret={secret} onClose={close} />
      ) : (
        <form className="flex flex-col gap-4" onSubmit={submit}>
          <TextField
            label="Name"
            autoFocus
            required
            maxLength={100}
            hint="What it is for, such as “backup script”."
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
          <SelectField
            label="May"
            value={scope}
            hint="It ends after 90 days."
            onChange={(event) => {
              setScope(event.target.value as Scope);
            }}
          >
            <option value="read">see everything, change nothing</option>
            <option value="trade">do what you may, but for what wants you in person</option>
          </SelectField>
          {make.error != null && <ProblemNote error={make.error} />}
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Leave it</Button>
            <Button type="submit" look="main" busy={make.isPending}>
              Make
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <p>Copy it now: it is not shown again, and Ballast keeps only its hash.</p>
      <code className="rounded border border-line bg-ground p-3 text-small break-all select-all">
        {secret}
      </code>
      <div className="flex justify-end gap-2">
        <Button
          onClick={() => {
            void navigator.clipboard.writeText(secret).then(() => {
              setCopied(true);
            });
          }}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
        <Button look="main" onClick={onClose}>
          I have it
        </Button>
      </div>
    </div>
  );
}
