/** What waits for a person, each with its sentence and the one act that settles it. */

import { api, type Schemas } from "~/api/client";
import { unbroken } from "~/numbers/format";
import { Ago } from "~/parts/Ago";
import { ButtonLink } from "~/parts/Button";
import { OfPortfolio } from "~/parts/OfPortfolio";
import { ReasonDialog } from "~/parts/ReasonDialog";
import { Row, Rows } from "~/parts/Row";
import { Approve } from "~/screens/advice/Approve";
import { ResolveAlert } from "~/screens/watch/ResolveAlert";

type Wanted = Schemas["WaitingForYou"];

const EDGES = { INFO: "accent", WARN: "amber", CRITICAL: "vermilion" } as const;

export function ForYou({ wanted }: { wanted: Wanted[] }) {
  return (
    <Rows label="For you">
      {wanted.map((each) => (
        <Row key={each.kind + each.id} edge={EDGES[each.severity]} act={<Act wanted={each} />}>
          <p>
            {unbroken(each.sentence)} {each.kind !== "freeze" && <OfPortfolio id={each.portfolio_id} />}
            {each.at && <Ago at={each.at} />}
          </p>
        </Row>
      ))}
    </Rows>
  );
}

function Act({ wanted }: { wanted: Wanted }) {
  switch (wanted.kind) {
    case "freeze":
      return (
        <>
          {wanted.listing_id !== null && <ButtonLink to="/watch">Both prices</ButtonLink>}
          <Unfreeze id={wanted.id} />
        </>
      );
    case "alert":
      return <ResolveAlert id={wanted.id} />;
    case "recommendation":
      return <Approve id={wanted.id} />;
  }
}

function Unfreeze({ id }: { id: string }) {
  const unfreeze = api.useMutation("post", "/portfolios/{portfolio_id}/unfreeze");
  return (
    <ReasonDialog
      button="Lift the freeze"
      title="Lift the freeze?"
      says="Positions are decided and orders leave again. Look at what stopped it first."
      command={unfreeze}
      send={(reason) => unfreeze.mutateAsync({ params: { path: { portfolio_id: id } }, body: { reason } })}
    />
  );
}
