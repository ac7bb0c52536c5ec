/** Two minutes on the seeded paper portfolio. It stands above the screen, covers nothing, and can be left at any time. */

import type { ReactNode } from "react";
import { Button, ButtonLink } from "~/parts/Button";
import { PenceFlip } from "./PenceFlip";
import { usePractice, type Practice } from "./practice";
import { finish, go, useProgress } from "./state";

interface Step {
  title: string;
  says: string;
  act: (practice: Practice) => ReactNode;
}

const STEPS: Step[] = [
  {
    title: "See a trade",
    says: "This portfolio is on paper, and its prices are simulated. Each time one leaves its band, the rule buys or sells: every trade says why in a sentence.",
    act: () => (
      <ButtonLink to="/timeline" search={{ about: ["traded"] }}>
        Show the trades
      </ButtonLink>
    ),
  },
  {
    title: "Ask why it did not trade",
    says: "More often than it trades, the rule declines: the trade would be too small, or the day's fifth order was already out. That is kept as well.",
    act: () => (
      <ButtonLink to="/timeline" search={{ about: ["skipped"] }}>
        Show what it skipped
      </ButtonLink>
    ),
  },
  {
    title: "Freeze on a wrong price",
    says: "Pounds for pence is the classic mistake of data: a price a hundredth of what it was. Send one, and see that nothing is bought.",
    act: (practice) => (
      <>
        <PenceFlip practice={practice} />
        <ButtonLink to="/watch">Show both prices</ButtonLink>
      </>
    ),
  },
  {
    title: "Lift the freeze",
    says: "Discard the wrong price under Watch, with a reason. A freeze is lifted by a person, on Today, and only then are positions decided again.",
    act: () => (
      <>
        <ButtonLink to="/watch">Discard it</ButtonLink>
        <ButtonLink to="/">Lift the freeze</ButtonLink>
      </>
    ),
  },
  {
    title: "Open your own",
    says: "A portfolio of your own begins on paper: it costs nothing, and everything here works the same. Give it a name, a currency and play money, then open positions in it.",
    act: () => (
      <ButtonLink look="main" to="/portfolios/new">
        Open a portfolio
      </ButtonLink>
    ),
  },
];

export function Tour() {
  const practice = usePractice();
  const progress = useProgress();
  const step = STEPS[progress.step];
  if (!practice || !progress.open || !step) return null;
  const last = progress.step === STEPS.length - 1;
  return (
    <aside aria-label="Tour" className="flex flex-col gap-2 border-l-4 border-accent bg-wash py-3 pr-3 pl-4">
      <div aria-live="polite">
        <p className="font-semibold">
          {step.title}{" "}
          <span className="text-small font-normal text-quiet">
            {progress.step + 1} of {STEPS.length}
          </span>
        </p>
        <p className="max-w-prose">{step.says}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {step.act(practice)}
        {progress.step > 0 && (
          <Button
            onClick={() => {
              go({ step: progress.step - 1, open: true });
            }}
          >
            Back
          </Button>
        )}
        <Button
          look={last ? "plain" : "main"}
          onClick={() => {
            if (last) finish();
            else go({ step: progress.step + 1, open: true });
          }}
        >
          {last ? "Done" : "Next"}
        </Button>
        {!last && (
          <Button
            onClick={() => {
              go({ ...progress, open: false });
            }}
          >
            Leave the tour
          </Button>
        )}
      </div>
    </aside>
  );
}

/** The way back into a tour that was left, at the foot of the page. */
export function TakeUpTour() {
  const practice = usePractice();
  const progress = useProgress();
  if (!practice || progress.open) return null;
  return (
    <Button
      className="self-start"
      onClick={() => {
        go({ ...progress, open: true });
        window.scrollTo(0, 0);
      }}
    >
      {progress.step > 0 ? "Go on with the tour" : "Take the tour"}
    </Button>
  );
}
