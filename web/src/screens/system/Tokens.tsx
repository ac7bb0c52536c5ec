/** Tokens of one's own: made, shown once, removed. */

import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { Button } from "~/parts/Button";
import { Tag } from "~/parts/Chips";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { EmptyState, ProblemNote, Shown } from "~/parts/Told";
import { MakeToken } from "./MakeToken";

type Token = Schemas["Token"];

export function Tokens() {
  const tokens = api.useQuery("get", "/auth/tokens");
  return (
    <Section title="Personal tokens" act={<MakeToken />}>
      <Shown of={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>
              You have no token. With one a program of yours may read, or trade, as you, until it ends or you
              remove it.
            </EmptyState>
          ) : (
            <Rows label="Personal tokens">
              {items.map((each) => (
                <Line key={each.id} token={each} />
              ))}
            </Rows>
          )
        }
      </Shown>
    </Section>
  );
}

function Line({ token }: { token: Token }) {
  const remove = api.useMutation("delete", "/auth/tokens/{token_id}");
  return (
    <Row
      act={
        <Button
          look="danger"
          aria-label={`Remove ${token.name}`}
          busy={remove.isPending}
          onClick={() => {
            remove.mutate({ params: { path: { token_id: token.id } } });
          }}
        >
          Remove
        </Button>
      }
    >
      <p>
        {token.name} <Tag tone={token.scope === "trade" ? "amber" : "quiet"}>{token.scope}</Tag>
      </p>
      <Beneath>
        ends <Ago at={token.expires_at} /> ·{" "}
        {token.last_used_at ? (
          <>
            last used <Ago at={token.last_used_at} />
          </>
        ) : (
          "never used"
        )}
      </Beneath>
      {remove.error != null && <ProblemNote error={remove.error} />}
    </Row>
  );
}
