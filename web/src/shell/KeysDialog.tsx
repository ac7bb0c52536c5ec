/** The list of keys, and whose charts these are. */

import { Dialog } from "~/parts/Dialog";
import { useScreens } from "./screens";

export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const screens = useScreens();
  const keys = [
    ...screens.map((each) => ({ press: ["g", each.key], does: `go to ${each.title}` })),
    { press: ["/"], does: "search listings, positions, orders, events by number, and screens" },
    { press: ["?"], does: "this list" },
    { press: ["Esc"], does: "close what is open" },
  ];
  return (
    <Dialog title="Keys" open={open} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1">
        {keys.map(({ press, does }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {press.map((each) => (
                <kbd key={each} className="rounded border border-line px-2 font-mono text-small">
                  {each}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="text-small text-quiet">
        Ballast gives no investment advice. Price charts are drawn by Lightweight Charts™, © TradingView, Inc.{" "}
        <a className="text-accent underline" href="https://www.tradingview.com/" rel="noreferrer">
          tradingview.com
        </a>
      </p>
    </Dialog>
  );
}
