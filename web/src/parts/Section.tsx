/** A part of a screen under its heading, with what can be done about it beside the heading. */

import { useId, type ReactNode } from "react";

export function Section({ title, act, children }: { title: string; act?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-2 border-b border-line pb-1">
        <h2 id={id}>{title}</h2>
        {act}
      </div>
      {children}
    </section>
  );
}

/** The head of a screen: its name, and its answer in a sentence. */
export function ScreenHead({
  title,
  children,
  act,
}: {
  title: string;
  children?: ReactNode;
  act?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="flex min-w-0 flex-col gap-1">
        <h1>{title}</h1>
        {children && <div className="max-w-prose">{children}</div>}
      </div>
      {act && <div className="flex flex-wrap gap-2">{act}</div>}
    </div>
  );
}
