/** Where one is signed in, and an end to it. */

import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { Tag } from "~/parts/Chips";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { ProblemNote, Shown } from "~/parts/Told";

type SignIn = Schemas["OwnSignIn"];

const FROM: Record<SignIn["came_from"], string> = {
  machine: "At this machine",
  network: "From a private network",
  internet: "From the internet",
  unknown: "From somewhere",
};

export function SignIns() {
  const signIns = api.useQuery("get", "/auth/sign-ins");
  const endOthers = api.useMutation("delete", "/auth/sign-ins");
  const others = signIns.data?.items.some((each) => !each.is_this) ?? false;
  return (
    <Section
      title="Where you are signed in"
      act={
        others && (
          <Button
            busy={endOthers.isPending}
            onClick={() => {
              endOthers.mutate({});
            }}
          >
            End all others
          </Button>
        )
      }
    >
      {endOthers.error != null && <ProblemNote error={endOthers.error} />}
      <Shown of={signIns}>
        {({ items }) => (
          <Rows label="Where you are signed in">
            {items.map((each) => (
              <Line key={each.id} signIn={each} />
            ))}
          </Rows>
        )}
      </Shown>
    </Section>
  );
}

function Line({ signIn }: { signIn: SignIn }) {
  const end = api.useMutation("delete", "/auth/sign-ins/{sign_in_id}");
  return (
    <Row
      act={
        !signIn.is_this && (
          <Button
            look="danger"
            aria-label={`End the sign-in ${FROM[signIn.came_from].toLowerCase()}`}
            busy={end.isPending}
            onClick={() => {
              end.mutate({ params: { path: { sign_in_id: signIn.id } } });
            }}
          >
            End
          </Button>
        )
      }
    >
      <p>
        {FROM[signIn.came_from]} {signIn.is_this && <Tag tone="quiet">this browser</Tag>}
      </p>
      <Beneath>
        signed in <Ago at={signIn.begun_at} /> · last used <Ago at={signIn.seen_at} />
      </Beneath>
      {end.error != null && <ProblemNote error={end.error} />}
    </Row>
  );
}
