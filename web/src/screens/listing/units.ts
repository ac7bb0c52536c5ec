/** In which unit prices are written: in the currency, or in a small part of it, as pence are. */

import { money } from "~/numbers/format";
import type { Venue } from "./venues";

interface Part {
  unit: string;
  called: string;
  perCurrency: number;
  /** What 250 of them are, in the currency. */
  of250: string;
}

const hundredth = (unit: string, called: string): Part => ({
  unit,
  called,
  perCurrency: 100,
  of250: "2.50",
});

/** By currency, under the names that the API answers them by. */
const PARTS: Record<string, Part> = {
  GBP: hundredth("GBX", "pence"),
  ZAR: hundredth("ZAc", "cents"),
  ILS: hundredth("ILA", "agorot"),
  USD: hundredth("USX", "cents"),
  EUR: hundredth("EUX", "cents"),
  KWD: { unit: "KWF", called: "fils", perCurrency: 1000, of250: "0.250" },
};

/** The units that prices of a currency can be in. */
export function unitsOf(currency: string): string[] {
  const part = PARTS[currency];
  return part ? [currency, part.unit] : [currency];
}

/** The unit that prices most likely come in. */
export function usualUnit(venue: Venue | undefined, currency: string): string {
  return venue?.currency === currency ? (venue.unit ?? currency) : currency;
}

/** What a price in a unit means, in a sentence that one can hold against a price seen elsewhere. */
export function meaningOf(unit: string, currency: string): string | undefined {
  const part = PARTS[currency];
  if (part === undefined) return undefined;
  if (unit === part.unit) {
    const means = `${unit} means ${part.called}, ${part.perCurrency} to 1 ${currency}`;
    return `${means}: a price of 250 ${unit} is ${money(part.of250, currency)}.`;
  }
  const other = `Where 250 means ${money(part.of250, currency)}, prices are in ${part.unit} (${part.called}).`;
  return `A price of 250 is ${money("250", currency)}. ${other}`;
}
