/** What stands around every screen: whose money this is, the way to the others, and whether anything is stopped. */

import { useCallback, useState, type ReactNode } from "react";
import { useLiveUpdates } from "~/api/live";
import { TakeUpTour, Tour } from "~/screens/tour/Tour";
import { Header } from "./Header";
import { useKeys } from "./keys";
import { KeysDialog } from "./KeysDialog";
import { Navigation } from "./Navigation";
import { usePortfolio } from "./portfolio";
import { SearchDialog } from "./SearchDialog";

/** Paper money has a dashed frame, money that counts a solid bar. */
const FRAMES = {
  paper: "border-2 border-dashed border-quiet",
  live: "border-t-8 border-accent",
  "by hand": "border-t-8 border-accent",
};

export function Frame({ children }: { children: ReactNode }) {
  const [dialog, setDialog] = useState<"search" | "keys" | null>(null);
  const close = useCallback(() => {
    setDialog(null);
  }, []);
  const search = useCallback(() => {
    setDialog("search");
  }, []);
  const help = useCallback(() => {
    setDialog("keys");
  }, []);
  useKeys({ onSearch: search, onHelp: help });
  useLiveUpdates();
  const money = usePortfolio()?.money;
  return (
    <div className={`min-h-screen ${money ? FRAMES[money] : ""}`}>
      <a
        href="#screen"
        className="sr-only rounded bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:z-10"
      >
        Skip to the screen
      </a>
      <div className="mx-auto flex max-w-6xl flex-col gap-4 p-3 md:p-4">
        <Header onSearch={search} onHelp={help} />
        <div className="flex flex-col gap-4 md:flex-row md:gap-8">
          <Navigation />
          <main id="screen" tabIndex={-1} className="flex min-w-0 grow flex-col gap-8 pb-16 outline-none">
            <Tour />
            {children}
            <TakeUpTour />
          </main>
        </div>
      </div>
      <SearchDialog open={dialog === "search"} onClose={close} />
      <KeysDialog open={dialog === "keys"} onClose={close} />
    </div>
  );
}
