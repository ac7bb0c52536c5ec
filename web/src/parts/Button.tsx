/** What can be pressed. `plain` is the ordinary one, `main` the one act of a screen, `danger` what stops things. */

import { Link, type LinkProps } from "@tanstack/react-router";
import type { ButtonHTMLAttributes, ReactNode } from "react";

type Look = "plain" | "main" | "danger";

const SHAPE =
  "inline-flex min-h-10 items-center justify-center gap-2 rounded border px-3 font-medium whitespace-nowrap " +
  "disabled:cursor-default disabled:opacity-50 cursor-pointer";

const LOOKS: Record<Look, string> = {
  plain: "border-line bg-raised text-accent hover:border-accent",
  main: "border-accent bg-accent text-on-accent hover:opacity-90",
  danger: "border-vermilion bg-raised text-vermilion hover:bg-vermilion-wash",
};

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  busy?: boolean;
}

export function Button({ look = "plain", busy = false, type = "button", className = "", ...rest }: Props) {
  return (
    <button
      type={type}
      aria-busy={busy}
      disabled={busy || rest.disabled}
      {...rest}
      className={`${SHAPE} ${LOOKS[look]} ${className}`}
    />
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  look = "plain",
  children,
  ...to
}: LinkProps & { look?: Look; children: ReactNode }) {
  return (
    <Link {...to} className={`${SHAPE} ${LOOKS[look]}`}>
      {children}
    </Link>
  );
}
