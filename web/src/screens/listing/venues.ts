/** Exchanges that most listings are on, and in which currency and unit most prices come there. */

export interface Venue {
  name: string;
  currency: string;
  /** The quote unit, where it is not the currency itself. */
  unit?: string;
}

/** By market identifier (ISO 10383). Ballast knows the hours of more of them than these: any of those can be written. */
export const VENUES: Record<string, Venue> = {
  XNYS: { name: "New York Stock Exchange", currency: "USD" },
  XNAS: { name: "Nasdaq", currency: "USD" },
  ARCX: { name: "NYSE Arca", currency: "USD" },
  BATS: { name: "Cboe BZX", currency: "USD" },
  XASE: { name: "NYSE American", currency: "USD" },
  XTSE: { name: "Toronto", currency: "CAD" },
  XMEX: { name: "Mexico", currency: "MXN" },
  BVMF: { name: "São Paulo, B3", currency: "BRL" },
  XLON: { name: "London Stock Exchange", currency: "GBP", unit: "GBX" },
  XDUB: { name: "Dublin", currency: "EUR" },
  XETR: { name: "Xetra", currency: "EUR" },
  XFRA: { name: "Frankfurt", currency: "EUR" },
  XPAR: { name: "Paris", currency: "EUR" },
  XAMS: { name: "Amsterdam", currency: "EUR" },
  XBRU: { name: "Brussels", currency: "EUR" },
  XLIS: { name: "Lisbon", currency: "EUR" },
  XMAD: { name: "Madrid", currency: "EUR" },
  XMIL: { name: "Milan", currency: "EUR" },
  XWBO: { name: "Vienna", currency: "EUR" },
  XHEL: { name: "Helsinki", currency: "EUR" },
  XSWX: { name: "Zurich, SIX", currency: "CHF" },
  XSTO: { name: "Stockholm", currency: "SEK" },
  XCSE: { name: "Copenhagen", currency: "DKK" },
  XOSL: { name: "Oslo", currency: "NOK" },
  XWAR: { name: "Warsaw", currency: "PLN" },
  XPRA: { name: "Prague", currency: "CZK" },
  XTAE: { name: "Tel Aviv", currency: "ILS", unit: "ILA" },
  XJSE: { name: "Johannesburg", currency: "ZAR", unit: "ZAc" },
  XTKS: { name: "Tokyo", currency: "JPY" },
  XHKG: { name: "Hong Kong", currency: "HKD" },
  XKRX: { name: "Seoul", currency: "KRW" },
  XTAI: { name: "Taipei", currency: "TWD" },
  XSES: { name: "Singapore", currency: "SGD" },
  XASX: { name: "Sydney, ASX", currency: "AUD" },
  XNZE: { name: "Wellington, NZX", currency: "NZD" },
  XSIM: { name: "Simulated, open around the clock", currency: "USD" },
};
