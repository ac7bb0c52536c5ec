/** What a route says of itself to have a place in the navigation and a key: `staticData: { screen: … }`. */

import { useRouter, type LinkProps } from "@tanstack/react-router";

export interface Screen {
  title: string;
  /** The letter after `g`. */
  key: string;
  /** Where it stands among the others, from 1. */
  place: number;
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    screen?: Screen;
  }
}

type To = NonNullable<LinkProps["to"]>;

/** Every screen with its address, in the order of the navigation. */
export function useScreens(): (Screen & { to: To })[] {
  const { routesByPath } = useRouter();
  return Object.entries(routesByPath)
    .flatMap(([to, route]) => {
      const screen = route.options.staticData?.screen;
      return screen ? [{ ...screen, to: to.replace(/(.)\/$/, "$1") as To }] : [];
    })
    .sort((one, other) => one.place - other.place);
}
