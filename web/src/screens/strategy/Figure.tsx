/** A figure that can be pointed at: by hovering for a moment, by pressing for good. */

import type { ReactNode } from "react";

export interface Pointing {
  /** The path of the figure that is pointed at. */
  at: string | null;
  pinned: string | null;
  onHover: (path: string | null) => void;
  onPin: (path: string | null) => void;
}

export function Figure({
  path,
  pointing,
  children,
}: {
  path: string;
  pointing: Pointing;
  children: ReactNode;
}) {
  const look = pointing.at === path ? "bg-accent text-on-accent" : "bg-wash text-ink";
  return (
    <button
      type="button"
      title={path}
      aria-pressed={pointing.pinned === path}
      className={`cursor-pointer rounded px-1 text-left ${look}`}
      onMouseEnter={() => {
        pointing.onHover(path);
      }}
      onMouseLeave={() => {
        pointing.onHover(null);
      }}
      onClick={() => {
        pointing.onPin(pointing.pinned === path ? null : path);
      }}
    >
      {children}
    </button>
  );
}
