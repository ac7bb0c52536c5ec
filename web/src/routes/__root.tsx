import { createRootRoute, Outlet, retainSearchParams } from "@tanstack/react-router";
import { useMissingSignIn } from "~/api/session";
import { ButtonLink } from "~/parts/Button";
import { ScreenHead } from "~/parts/Section";
import { ProblemNote } from "~/parts/Told";
import { Frame } from "~/shell/Frame";
import { SignIn } from "~/shell/SignIn";

interface Everywhere {
  /** The portfolio that the screens are about. */
  portfolio?: string;
}

export const Route = createRootRoute({
  validateSearch: ({ portfolio }: Record<string, unknown>): Everywhere =>
    typeof portfolio === "string" ? { portfolio } : {},
  search: { middlewares: [retainSearchParams(["portfolio"])] },
  component: Root,
  notFoundComponent: NotThere,
  errorComponent: ({ error }) => <ProblemNote error={error} />,
});

function Root() {
  const way = useMissingSignIn();
  if (way !== null) return <SignIn way={way} />;
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}

function NotThere() {
  return (
    <>
      <ScreenHead title="Nothing here">No screen has this address.</ScreenHead>
      <ButtonLink to="/">Go to Today</ButtonLink>
    </>
  );
}
