/** Where its orders go, and the ways to another place: with keys of one's own, and back to paper. */

import { api } from "~/api/client";
import { DialogButton } from "~/parts/DialogButton";
import { Form } from "~/parts/Form";
import { Section } from "~/parts/Section";
import type { Portfolio } from "~/shell/portfolio";
import { ConnectBroker } from "./ConnectBroker";

export function Broker({ portfolio }: { portfolio: Portfolio }) {
  const { broker } = portfolio;
  const isReal = broker.kind !== "paper";
  return (
    <Section
      title="Broker"
      act={
        <div className="flex flex-wrap gap-2">
          <ConnectBroker portfolio={portfolio} environment="paper" />
          <ConnectBroker portfolio={portfolio} environment="live" />
          {isReal && <Disconnect portfolio={portfolio} />}
        </div>
      }
    >
      {isReal ? (
        <p className="max-w-prose">
          Orders go to Alpaca, account {broker.account}, for{" "}
          <strong>{broker.environment === "live" ? "real money" : "play money"}</strong>.
        </p>
      ) : (
        <p className="max-w-prose">
          Orders go to a broker that Ballast plays itself, on the prices that come in. Alpaca can be connected
          with keys of your account there: one for play money, or your real one.
        </p>
      )}
    </Section>
  );
}

function Disconnect({ portfolio }: { portfolio: Portfolio }) {
  const disconnect = api.useMutation("delete", "/portfolios/{portfolio_id}/broker");
  return (
    <DialogButton button="Back to paper" title="Take the keys away?" onOpen={disconnect.reset}>
      {(leave) => (
        <Form
          send="Back to paper"
          command={disconnect}
          onSend={() => {
            disconnect.mutate({ params: { path: { portfolio_id: portfolio.id } } }, { onSuccess: leave });
          }}
          onLeave={leave}
        >
          <p>
            Ballast forgets the keys, and orders go to the paper broker again. What lies at your broker stays
            there, and the books here go on from what they say now.
          </p>
        </Form>
      )}
    </DialogButton>
  );
}
