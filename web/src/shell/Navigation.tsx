/** The way between screens: a column on a wide window, a list behind a button on a narrow one. */

import { Link, useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { useScreens } from "./screens";

const ROW = "flex min-h-10 items-center justify-between rounded px-3";

export function Navigation() {
  const screens = useScreens();
  const address = useRouterState({ select: (state) => state.location.pathname });
  const [openAt, setOpenAt] = useState<string | null>(null);
  const open = openAt === address; // going somewhere closes the list
  return (
    <nav aria-label="Screens" className="md:w-44 md:shrink-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => {
          setOpenAt(open ? null : address);
        }}
        className={`${ROW} w-full cursor-pointer border border-line bg-raised text-accent md:hidden`}
      >
        Screens <span aria-hidden="true">{open ? "▴" : "▾"}</span>
      </button>
      <ul className={`${open ? "flex" : "hidden"} flex-col gap-1 pt-2 md:sticky md:top-4 md:flex md:pt-0`}>
        {screens.map((each) => (
          <li key={each.to}>
            <Link
              to={each.to}
              activeOptions={{ exact: each.to === "/", includeSearch: false }}
              className={ROW}
              activeProps={{ className: "bg-wash font-semibold text-accent", "aria-current": "page" }}
              inactiveProps={{ className: "text-ink hover:bg-wash" }}
            >
              {each.title}
              <kbd className="font-mono text-small text-quiet" aria-hidden="true">
                g {each.key}
              </kbd>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
