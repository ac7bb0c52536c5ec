/** In which unit prices are written: in the currency, or in a small part of it, as pence are. */

import Decimal from "decimal.js-light";
import { api, type Schemas } from "~/api/client";
import { money, number } from "~/numbers/format";

type Known = Schemas["Exchanges"];
export type Venue = Known["items"][number];

const EXAMPLE = 250;
const NONE: Known = { items: [], units: [] };

/** The exchanges that most listings are on, and the units that are parts of a currency. */
export function useExchanges(): Known {
  return api.useQuery("get", "/exchanges", {}, { staleTime: Infinity }).data ?? NONE;
}

const partOf = (known: Known, currency: string) => known.units.find((each) => each.currency === currency);

/** The units that prices of a currency can be in. */
export function unitsOf(known: Known, currency: string): string[] {
  const part = partOf(known, currency);
  return part ? [currency, part.unit] : [currency];
}

/** The unit that prices most likely come in. */
export function usualUnit(venue: Venue | undefined, currency: string): string {
  return venue?.currency === currency ? venue.quote_unit : currency;
}

/** What a price in a unit means, in a sentence that one can hold against a price seen elsewhere. */
export function meaningOf(known: Known, unit: string, currency: string): string | undefined {
  const part = partOf(known, currency);
  if (part === undefined) return undefined;
  const inPart = money(new Decimal(EXAMPLE).times(part.scale).toString(), currency);
  if (unit === part.unit) {
    const inOne = number(new Decimal(1).div(part.scale).toString());
    return `${unit} means ${part.called}, ${inOne} to 1 ${currency}: a price of ${EXAMPLE} ${unit} is ${inPart}.`;
  }
  const other = `Where ${EXAMPLE} means ${inPart}, prices are in ${part.unit} (${part.called}).`;
  return `A price of ${EXAMPLE} is ${money(String(EXAMPLE), currency)}. ${other}`;
}
