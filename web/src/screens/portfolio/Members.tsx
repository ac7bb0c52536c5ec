/** Who sees the portfolio and acts on it: its owner, and whom the owner lets in. */

import { api, type Schemas } from "~/api/client";
import { Tag } from "~/parts/Chips";
import { DialogButton } from "~/parts/DialogButton";
import { Form } from "~/parts/Form";
import { Beneath, Row, Rows } from "~/parts/Row";
import { Section } from "~/parts/Section";
import { Shown } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";
import { AddMember } from "./AddMember";

type Member = Schemas["Member"];

/** Nothing where nobody signs in: there is nobody to let in. */
export function Members({ portfolio }: { portfolio: Portfolio }) {
  const me = api.useQuery("get", "/auth/me").data;
  const members = api.useQuery("get", "/portfolios/{portfolio_id}/members", {
    params: { path: { portfolio_id: portfolio.id } },
  });
  if (me === undefined || me.auth === "open") return null;
  const isMine = members.data?.items.some((each) => each.is_owner && each.user_id === me.id) ?? false;
  return (
    <Section title="Who sees it" act={isMine && <AddMember portfolio={portfolio} />}>
      <Shown of={members} rows={1}>
        {({ items }) => (
          <Rows label="Members">
            {items.map((each) => (
              <Line
                key={each.user_id}
                member={each}
                isMe={each.user_id === me.id}
                act={isMine && !each.is_owner && <Remove member={each} portfolio={portfolio} />}
              />
            ))}
          </Rows>
        )}
      </Shown>
      <p className="max-w-prose text-small text-quiet">
        {isMine
          ? "Whom you let in sees everything here and does whatever you do, but for letting others in."
          : "Its owner lets people in. You see everything here and may do whatever the owner does, but for that."}
      </p>
    </Section>
  );
}

interface LineProps {
  member: Member;
  isMe: boolean;
  act: React.ReactNode;
}

function Line({ member, isMe, act }: LineProps) {
  return (
    <Row edge={member.is_owner ? "accent" : "plain"} act={act}>
      <p className="flex flex-wrap gap-2">
        {calledOf(member)} {member.is_owner && <Tag tone="accent">owner</Tag>} {isMe && <Tag>you</Tag>}
      </p>
      {member.name !== null && (
        <Beneath>
          <code className="break-all">{member.user_id}</code>
        </Beneath>
      )}
    </Row>
  );
}

function Remove({ member, portfolio }: { member: Member; portfolio: Portfolio }) {
  const remove = api.useMutation("delete", "/portfolios/{portfolio_id}/members/{user_id}");
  const called = calledOf(member);
  return (
    <DialogButton
      button="Remove"
      label={`Remove ${called}`}
      title={`Remove ${called}?`}
      look="danger"
      onOpen={remove.reset}
    >
      {(leave) => (
        <Form
          send="Remove"
          look="danger"
          command={remove}
          onSend={() => {
            remove.mutate(
              { params: { path: { portfolio_id: portfolio.id, user_id: member.user_id } } },
              { onSuccess: leave },
            );
          }}
          onLeave={leave}
        >
          <p>To them the portfolio does not exist from then on. What they did in it stays.</p>
        </Form>
      )}
    </DialogButton>
  );
}

function calledOf({ name, user_id }: Member): string {
  return name ?? user_id;
}
