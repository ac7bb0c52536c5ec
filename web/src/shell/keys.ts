/** The keyboard: `g` and a letter goes to a screen, `/` searches, `?` lists the keys. */

import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useScreens } from "./screens";

const TOGETHER_MS = 1_500;

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}

export function useKeys({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }): void {
  const screens = useScreens();
  const navigate = useNavigate();
  useEffect(() => {
    let pressedG = 0;
    function pressed(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      const screen = screens.find((each) => each.key === event.key);
      if (screen && event.timeStamp - pressedG < TOGETHER_MS) void navigate({ to: screen.to });
      else if (event.key === "/") onSearch();
      else if (event.key === "?") onHelp();
      else {
        pressedG = event.key === "g" ? event.timeStamp : 0;
        return;
      }
      pressedG = 0;
      event.preventDefault();
    }
    window.addEventListener("keydown", pressed);
    return () => {
      window.removeEventListener("keydown", pressed);
    };
  }, [screens, navigate, onSearch, onHelp]);
}
