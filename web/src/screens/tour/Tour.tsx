/** Two minutes on the seeded paper portfolio: above the screen, on a phone at its foot. It can be left at any time. */

import { useState, type ReactNode } from "react";
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
    says: "Money and prices here are play. When a price leaves its band, the rule trades, and says why.",
    act: () => (
      <ButtonLink to="/timeline" search={{ about: ["traded"] }}>
        Show the trades
      </ButtonLink>
    ),
  },
  {
    title: "Ask why it did not trade",
    says: "Mostly the rule declines: too small a trade, or the day's fifth order was out. That is kept as well.",
    act: () => (
      <ButtonLink to="/timeline" search={{ about: ["skipped"] }}>
        Show what it skipped
      </ButtonLink>
    ),
  },
  {
    title: "Freeze on a wrong price",
    says: "Pounds for pence: a price a hundredth of what it was. Send one, and see that nothing is bought.",
    act: (practice) => (
      <>
        <PenceFlip practice={practice} />
        <ButtonLink to="/watch">Show both prices</ButtonLink>
      </>
    ),
  },
  {
    title: "Lift the freeze",
    says: "Discard the wrong price under Watch. Only a person lifts a freeze, on Today; then positions are decided again.",
    act: () => (
      <>
        <ButtonLink to="/watch">Discard it</ButtonLink>
        <ButtonLink to="/">Lift the freeze</ButtonLink>
      </>
    ),
  },
  {
    title: "Open your own",
    says: "Yours begins on paper too: it costs nothing, and everything works the same. Give it a name, a currency and play money.",
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
  // On a phone the words make way for what they speak of, as soon as one has gone there.
  const [isFolded, setFolded] = useState(false);
  if (!practice || !progress.open || !step) return null;
  const last = progress.step === STEPS.length - 1;
  function turn(to: number) {
    setFolded(false);
    if (to === STEPS.length) finish();
    else go({ step: to, open: true });
  }
  return (
    <aside
      aria-label="Tour"
      data-tour
      className="z-10 flex flex-col gap-2 border-accent bg-wash max-md:sticky max-md:bottom-0 max-md:order-last max-md:border-t-4 max-md:p-2 max-md:text-small md:border-l-4 md:py-3 md:pr-3 md:pl-4"
    >
      <div className="flex items-center justify-between gap-2">
        <p className="font-semibold" aria-live="polite">
          {step.title}{" "}
          <span className="text-small font-normal whitespace-nowrap text-quiet">
            {progress.step + 1} of {STEPS.length}
          </span>
        </p>
        <div className="flex gap-2">
          <Button
            className="md:hidden"
            aria-expanded={!isFolded}
            aria-label={isFolded ? "Show the tour's words" : "Fold the tour"}
            onClick={() => {
              setFolded(!isFolded);
            }}
          >
            <span aria-hidden="true">{isFolded ? "▴" : "▾"}</span>
          </Button>
          <Button
            aria-label="Leave the tour"
            onClick={() => {
              if (last) finish();
              else go({ ...progress, open: false });
            }}
          >
            <span aria-hidden="true">×</span>
          </Button>
        </div>
      </div>
      <div className={`flex flex-col gap-2 ${isFolded ? "max-md:hidden" : ""}`}>
        <p className="max-w-prose" aria-live="polite">
          {step.says}
        </p>
        <div
          className="flex flex-wrap items-center gap-2"
          onClick={(event) => {
            if ((event.target as HTMLElement).closest("a")) setFolded(true);
          }}
        >
          {step.act(practice)}
          {progress.step > 0 && (
            <Button
              onClick={() => {
                turn(progress.step - 1);
              }}
            >
              Back
            </Button>
          )}
          <Button
            look={last ? "plain" : "main"}
            onClick={() => {
              turn(progress.step + 1);
            }}
          >
            {last ? "Done" : "Next"}
          </Button>
        </div>
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
