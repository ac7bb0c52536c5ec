/** Connect Alpaca with keys of one's own. Real money wants the portfolio's name typed, and begins frozen. */

import { api } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { DialogButton } from "~/parts/DialogButton";
import { TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { ProofField, useProof } from "~/parts/Proof";
import { Secret } from "~/parts/Secret";
import type { Portfolio } from "~/shell/portfolio";

interface Props {
  portfolio: Portfolio;
  environment: "paper" | "live";
}

const WORDS = {
  paper: { button: "Connect play money", title: "Connect Alpaca for play money" },
  live: { button: "Go live", title: "Go live with real money?" },
};

export function ConnectBroker({ portfolio, environment }: Props) {
  return (
    <DialogButton {...WORDS[environment]} look={environment === "live" ? "danger" : "plain"}>
      {(leave) => <Keys portfolio={portfolio} environment={environment} onLeave={leave} />}
    </DialogButton>
  );
}

function Keys({ portfolio, environment, onLeave }: Props & { onLeave: () => void }) {
  const [text, field] = useFields(() => ({ keyId: "", secretKey: "", typed: "" }));
  const connect = api.useMutation("put", "/portfolios/{portfolio_id}/broker");
  const proof = useProof(connect);
  const isLive = environment === "live";
  const problem = connect.error === null ? null : problemOf(connect.error);
  if (connect.data) {
    return (
      <Secret secret={connect.data.callback_secret} onDone={onLeave}>
        <p>
          Connected to account {connect.data.account}. A relay that tells Ballast of orders signs with this
          secret, at <code className="break-all">{connect.data.callback_url}</code>.{" "}
          {isLive && "The portfolio is frozen: lift the freeze on Today to begin."}
        </p>
      </Secret>
    );
  }

  function send() {
    const credentials = { key_id: text.keyId.trim(), secret_key: text.secretKey.trim() };
    const confirmation = isLive ? { confirmation: text.typed } : {};
    proof.send(() => {
      connect.mutate({
        params: { path: { portfolio_id: portfolio.id } },
        body: { kind: "alpaca", environment, credentials, ...confirmation },
      });
    });
  }

  return (
    <Form
      send={WORDS[environment].button}
      look={isLive ? "danger" : "main"}
      command={{ isPending: proof.isPending, error: connect.error }}
      isTold={proof.isWanted}
      disabled={isLive && text.typed !== portfolio.name}
      onSend={send}
      onLeave={onLeave}
    >
      <p>
        {isLive
          ? "From now on the rule buys and sells with your money, without asking. It begins frozen, and only then are your broker's books compared with these."
          : "Orders go to your Alpaca account for play money, as real ones would."}{" "}
        The keys are tried first, kept sealed, and never shown again.
      </p>
      <TextField
        label="Key ID"
        autoFocus
        required
        autoComplete="off"
        error={aboutField(problem, "credentials.key_id")}
        {...field("keyId")}
      />
      <TextField label="Secret key" type="password" required autoComplete="off" {...field("secretKey")} />
      {isLive && (
        <TextField
          label={`Type the portfolio's name: ${portfolio.name}`}
          required
          autoComplete="off"
          error={aboutField(problem, "confirmation")}
          {...field("typed")}
        />
      )}
      <ProofField proof={proof} hint="Keys to money want you in person, so you are asked once more." />
    </Form>
  );
}
