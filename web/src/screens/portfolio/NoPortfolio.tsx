/** A screen about a portfolio, while there is none. */

import type { ReactNode } from "react";
import { ButtonLink } from "~/parts/Button";
import { ScreenHead } from "~/parts/Section";
import { EmptyState } from "~/parts/Told";

/** What will stand there follows in `children`. */
export function NoPortfolio({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <ScreenHead title={title} />
      <EmptyState
        act={
          <ButtonLink look="main" to="/portfolios/new">
            Open a portfolio
          </ButtonLink>
        }
      >
        There is no portfolio yet. {children}
      </EmptyState>
    </>
  );
}
