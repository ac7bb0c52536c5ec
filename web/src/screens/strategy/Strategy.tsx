/** What are my rules? */

import { ButtonLink } from "~/parts/Button";
import { ScreenHead, Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { NoPortfolio } from "~/screens/portfolio/NoPortfolio";
import { usePortfolio, type Portfolio } from "~/shell/portfolio";
import { Draft } from "./Draft";
import { Editor } from "./Editor";
import { usePolicy, type ExactPolicy } from "./exact";
import { History } from "./History";
import { Reading } from "./Reading";

interface Looked {
  version?: "draft";
  edit?: true;
}

export function Strategy(looked: Looked) {
  const portfolio = usePortfolio();
  if (portfolio === undefined) {
    return <NoPortfolio title="Strategy">The rules that it follows will stand here.</NoPortfolio>;
  }
  return <OfPortfolio key={portfolio.id} portfolio={portfolio} {...looked} />;
}

function OfPortfolio({ portfolio, version, edit }: Looked & { portfolio: Portfolio }) {
  const policy = usePolicy(portfolio.id);
  const act = edit ? (
    <ButtonLink to="/strategy" search={{}}>
      Leave the editor
    </ButtonLink>
  ) : (
    <ButtonLink to="/strategy" search={{ edit: true }}>
      Edit
    </ButtonLink>
  );
  return (
    <>
      <ScreenHead title="Strategy" act={act}>
        <Shown of={policy} rows={1}>
          {({ answer }) => <p role="status">{standing(answer)}</p>}
        </Shown>
      </ScreenHead>
      {policy.data && <Content portfolio={portfolio} policy={policy.data} version={version} edit={edit} />}
    </>
  );
}

function Content({
  portfolio,
  policy,
  version,
  edit,
}: Looked & { portfolio: Portfolio; policy: ExactPolicy }) {
  const { active, draft } = policy.answer;
  if (edit) return <Editor portfolio={portfolio} policy={policy} />;
  if (active === null && draft === null) {
    return (
      <Section title="Rules">
        <EmptyState
          act={
            <ButtonLink to="/strategy" search={{ edit: true }} look="main">
              Write the first policy
            </ButtonLink>
          }
        >
          No rules yet. A policy says which instruments you hold at which targets, what each month may do and
          what a fall sets off; a manifesto says why. Both will stand here side by side, and runs follow them
          once you have approved them.
        </EmptyState>
      </Section>
    );
  }
  const shown = draft !== null && (version === "draft" || active === null) ? "draft" : "active";
  return (
    <>
      {draft !== null && <Draft portfolio={portfolio} policy={policy.answer} shown={shown} />}
      <Reading portfolio={portfolio} version={shown} />
      <History portfolio={portfolio} />
    </>
  );
}

function standing({ active, draft }: ExactPolicy["answer"]): string {
  if (active === null)
    return draft ? "A draft waits for your approval; runs follow nothing yet." : "No rules yet.";
  const follows = `Runs follow version ${active.version}`;
  return draft ? `${follows}; version ${draft.version} waits for your approval.` : `${follows}.`;
}
