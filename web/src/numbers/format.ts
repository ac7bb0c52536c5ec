/** Decimal text as people write it where they are. Nothing here turns money into a binary float. */

import Decimal from "decimal.js-light";

Decimal.set({ precision: 60, toExpNeg: -60, toExpPos: 60 });

type Exact = Intl.StringNumericLiteral;

const formats = new Map<string, Intl.NumberFormat>();

function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(undefined, options);
  formats.set(key, made);
  return made;
}

/** A number with all of its digits, or at most `digits` decimals. */
export function number(value: string, digits = 20): string {
  return format({ maximumFractionDigits: digits }).format(value as Exact);
}

/** An amount of a currency with its minor units. */
export function money(value: string, currency: string, signed = false): string {
  return format({ style: "currency", currency, signDisplay: signed ? "exceptZero" : "auto" }).format(
    value as Exact,
  );
}

const PRICES: Intl.NumberFormatOptions = { minimumFractionDigits: 2, maximumFractionDigits: 4 };
const SMALL_PRICES: Intl.NumberFormatOptions = {
  minimumFractionDigits: 2,
  maximumSignificantDigits: 4,
  roundingPriority: "morePrecision",
};

function priceFormat(value: string): Intl.NumberFormat {
  return format(/^-?0(\.|$)/.test(value) ? SMALL_PRICES : PRICES);
}

/**
 * A price in its quote unit: at least two decimals, four at most, and of what is below one four digits that count;
 * with `digits` decimals where it stands beside others of its listing.
 */
export function price(value: string, digits?: number): string {
  const form =
    digits === undefined
      ? priceFormat(value)
      : format({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  return form.format(value as Exact);
}

/** With how many decimals prices of one listing are written side by side: as many as the one that needs most. */
export function digitsOf(prices: readonly (string | null | undefined)[]): number {
  const fractions = prices.map((each) =>
    each == null
      ? 0
      : (priceFormat(each)
          .formatToParts(each as Exact & number)
          .find(({ type }) => type === "fraction")?.value.length ?? 0),
  );
  return Math.max(2, ...fractions);
}

/** A sentence in which no line ends between a number and its unit ("4 s", "3.0 %", "52 KO"), or within a date. */
export function unbroken(sentence: string): string {
  return sentence
    .replaceAll(/(\d) (?=\p{L}|%)/gu, "$1\u00a0")
    .replaceAll(/\b(\d{4})-(\d\d)-(\d\d)\b/gu, "$1\u2011$2\u2011$3");
}

/** A part of one as a percentage. */
export function percent(share: string, digits = 1, signed = false): string {
  return format({
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed ? "exceptZero" : "auto",
  }).format(share as Exact);
}

/** Percentage points, signed. */
export function points(value: string): string {
  const form = format({ minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" });
  return form.format(value as Exact);
}

/** -1, 0 or 1, read off the text. */
export function signOf(value: string): -1 | 0 | 1 {
  if (!/[1-9]/.test(value)) return 0;
  return value.startsWith("-") ? -1 : 1;
}

/** A decimal as a number of pixels or a place on a chart: for pictures only, never for money. */
export function pixels(value: string): number {
  return Number(value);
}

/** The decimal that a person wrote, with the comma or the point of their locale; null when it is none. */
export function written(text: string): string | null {
  const parts = format({ useGrouping: true }).formatToParts(12345.6);
  const group = parts.find((each) => each.type === "group")?.value ?? ",";
  const point = parts.find((each) => each.type === "decimal")?.value ?? ".";
  const plain = text.trim().replaceAll(group, "").replaceAll(/\s/g, "").replace(point, ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}

/** A share as people write percentages, "0.03" is "3"; all digits kept. */
export function asPercentage(share: string): string {
  return number(new Decimal(share).times(100).toString());
}

/** The share that a person wrote as a percentage, "3" is "0.03"; null when it is none. */
export function fromPercentage(text: string): string | null {
  const plain = written(text.replace("%", ""));
  return plain === null ? null : new Decimal(plain).div(100).toString();
}
