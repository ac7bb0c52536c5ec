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
  const [proof, setProof] = useState("");
  const me = api.useQuery("get", "/auth/me");
  const prove = api.useMutation("post", "/auth/proof");
  const make = api.useMutation("post", "/auth/tokens");
  const secret = make.data?.secret;
  const wantsProof = make.error?.type.includes("/problems/proof-required") ?? false;
  const byCode = me.data?.second_factor ?? false;

  function close() {
    make.reset();
    prove.reset();
    setName("");
    setProof("");
    onClose();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      if (wantsProof) {
        await prove.mutateAsync({ body: byCode ? { code: proof } : { password: proof } });
      }
      await make.mutateAsync({ body: { name: name.trim(), scope, expires_in_days: 90 } });
    } catch {
      return; // the form shows why
    }
  }

  return (
    <Dialog title={secret ? "Your token" : "Make a token"} open={open} onClose={close}>
      {secret ? (
        <Secret secret={secret} onClose={close} />
      ) : (
        <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
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
          {wantsProof && (
            <TextField
              label={byCode ? "One-time code" : "Your password"}
              type={byCode ? "text" : "password"}
              autoComplete={byCode ? "one-time-code" : "current-password"}
              autoFocus
              required
              hint="A token outlives this sign-in, so you are asked once more."
              value={proof}
              onChange={(event) => {
                setProof(event.target.value);
              }}
            />
          )}
          {prove.error != null && <ProblemNote error={prove.error} />}
          {make.error != null && !wantsProof && <ProblemNote error={make.error} />}
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Leave it</Button>
            <Button type="submit" look="main" busy={prove.isPending || make.isPending}>
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
