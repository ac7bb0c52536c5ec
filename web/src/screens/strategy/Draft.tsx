/** What waits for approval: how it differs from what is active, what a reviewer thinks, and the way to approve it. */

import { Link } from "@tanstack/react-router";
import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { Section } from "~/parts/Section";
import { ProblemNote } from "~/parts/Told";
import { Verdict } from "~/screens/advice/Opinion";
import type { Portfolio } from "~/shell/portfolio";
import { Changes } from "./Changes";
import type { PortfolioPolicy } from "./exact";

interface Props {
  portfolio: Portfolio;
  policy: PortfolioPolicy;
  shown: "active" | "draft";
}

export function Draft({ portfolio, policy, shown }: Props) {
  const approve = api.useMutation("post", "/portfolios/{portfolio_id}/policy/approve");
  const review = api.useMutation("post", "/portfolios/{portfolio_id}/policy/review");
  const path = { portfolio_id: portfolio.id };
  const { draft, active, changes, verdict } = policy;
  if (draft === null) return null;
  return (
    <Section
      title={`Draft ${draft.version}, ${draft.policy_hash.slice(0, 8)}`}
      act={
        active !== null && (
          <Link
            to="/strategy"
            search={shown === "draft" ? {} : { version: "draft" }}
            className="text-accent underline"
          >
            {shown === "draft" ? "Read what is active" : "Read the draft"}
          </Link>
        )
      }
    >
      {active === null ? (
        <p>Nothing is active yet; approved, it is what runs follow.</p>
      ) : (
        <Changes changes={changes} none="Its policy is the active one; only the manifesto differs." />
      )}
      {verdict && <Verdict verdict={verdict} />}
      <div className="flex flex-wrap gap-2">
        <Button
          look="main"
          busy={approve.isPending}
          onClick={() => {
            approve.mutate({ params: { path }, body: { policy_hash: draft.policy_hash } });
          }}
        >
          Approve {draft.policy_hash.slice(0, 8)}
        </Button>
        <Button
          busy={review.isPending || verdict?.status === "waiting"}
          onClick={() => {
            review.mutate({ params: { path } });
          }}
        >
          Ask for an opinion
        </Button>
      </div>
      {approve.error != null && <ProblemNote error={approve.error} />}
      {review.error != null && <ProblemNote error={review.error} />}
    </Section>
  );
}
