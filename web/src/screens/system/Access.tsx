/** Who is signed in, where else, the way out, and tokens for one's own programs. */

import { api, queries, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { Section } from "~/parts/Section";
import { ProblemNote, Shown } from "~/parts/Told";
import { SignIns } from "./SignIns";
import { Tokens } from "./Tokens";

type Me = Schemas["Me"];

export function Access() {
  const me = api.useQuery("get", "/auth/me");
  return (
    <>
      <Section title="Who you are" act={me.data?.via === "sign_in" && <SignOut />}>
        <Shown of={me} rows={1}>
          {(known) => <Known me={known} />}
        </Shown>
      </Section>
      {me.data && me.data.auth !== "open" && (
        <>
          <SignIns />
          <Tokens />
        </>
      )}
    </>
  );
}

function Known({ me }: { me: Me }) {
  if (me.auth === "open") {
    return (
      <p className="max-w-prose">
        Nobody signs in here: whoever is at this machine may do everything, and nobody else gets in. With
        BALLAST_AUTH=password people have accounts, and their programs tokens.
      </p>
    );
  }
  return (
    <>
      <p className="max-w-prose">
        Signed in as <strong>{me.name}</strong>
        {me.second_factor ? ", with a second factor" : ", without a second factor"}
        {me.ends_at && (
          <>
            ; this sign-in ends <Ago at={me.ends_at} /> if nobody uses it
          </>
        )}
        .
      </p>
      <p className="text-small text-quiet">
        Your id, by which others let you into a portfolio of theirs:{" "}
        <code className="break-all select-all">{me.id}</code>
      </p>
    </>
  );
}

function SignOut() {
  const leave = api.useMutation("post", "/auth/logout", {
    onSuccess: () => {
      queries.clear();
      window.location.reload();
    },
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        busy={leave.isPending}
        onClick={() => {
          leave.mutate({ body: { everywhere: false } });
        }}
      >
        Sign out
      </Button>
      <Button
        busy={leave.isPending}
        onClick={() => {
          leave.mutate({ body: { everywhere: true } });
        }}
      >
        Sign out everywhere
      </Button>
      {leave.error != null && <ProblemNote error={leave.error} />}
    </div>
  );
}
