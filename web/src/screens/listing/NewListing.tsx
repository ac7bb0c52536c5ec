/** Register a listing: a security at one exchange, in the unit that its prices come in. */

import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, type Schemas } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { signOf, written } from "~/numbers/format";
import { CodeField, DecimalField, SelectField, TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { ScreenHead } from "~/parts/Section";
import { meaningOf, unitsOf, useExchanges, usualUnit } from "./units";

type Body = Schemas["NewListing"];

const FIELDS = ["symbol", "exchange", "currency", "quote_unit", "lot", "isin", "name"];

const code = (text: string) => text.trim().toUpperCase();

export function NewListing({ symbol }: { symbol: string }) {
  const navigate = useNavigate();
  const register = api.useMutation("post", "/listings");
  const [text, field] = useFields(
    () => ({ symbol, exchange: "", name: "", isin: "", lot: "" }),
    register.reset,
  );
  // Null while nobody has said otherwise than what is usual at the exchange.
  const [chosen, setChosen] = useState<{ currency: string | null; unit: string | null }>({
    currency: null,
    unit: null,
  });
  const known = useExchanges();
  const venue = known.items.find((each) => each.exchange === code(text.exchange));
  const currency = code(chosen.currency ?? venue?.currency ?? "");
  const units = unitsOf(known, currency);
  const unit = units.find((each) => each === chosen.unit) ?? usualUnit(venue, currency);
  const lot = written(text.lot || "1");
  const size = lot === null || signOf(lot) !== 1 ? null : lot;
  const problem = register.error === null ? null : problemOf(register.error);

  function choose(change: Partial<typeof chosen>) {
    register.reset();
    setChosen((before) => ({ ...before, ...change }));
  }

  function send() {
    if (size === null) return;
    const body: Body = {
      symbol: code(text.symbol),
      exchange: code(text.exchange),
      currency,
      quote_unit: unit,
      lot: size,
      name: text.name.trim() || null,
      isin: code(text.isin) || null,
    };
    register.mutate(
      { body },
      { onSuccess: ({ id }) => void navigate({ to: "/positions", search: { listing: id } }) },
    );
  }

  return (
    <>
      <ScreenHead title="New listing">
        A security at one exchange. Everybody who uses this Ballast can open positions in it then. Its
        currency, quote unit and lot stay what they are registered as.
      </ScreenHead>
      <Form
        send="Register it"
        command={register}
        isTold={problem?.errors?.every((each) => FIELDS.includes(each.field))}
        disabled={size === null}
        onSend={send}
        onLeave={() => void navigate({ to: "/positions" })}
      >
        <CodeField
          label="Symbol"
          autoFocus={symbol === ""}
          required
          maxLength={32}
          hint="What it goes by at the exchange, and at whoever sends its prices."
          error={aboutField(problem, "symbol")}
          {...field("symbol")}
        />
        <CodeField
          label="Exchange"
          autoFocus={symbol !== ""}
          required
          maxLength={4}
          list="exchanges"
          hint={venue?.name ?? "Its market identifier (ISO 10383), such as XNYS, XNAS, XETR or XLON."}
          error={aboutField(problem, "exchange")}
          {...field("exchange")}
        />
        <datalist id="exchanges">
          {known.items.map(({ exchange, name }) => (
            <option key={exchange} value={exchange} label={`${exchange} · ${name}`} />
          ))}
        </datalist>
        <CodeField
          label="Currency"
          required
          maxLength={3}
          list="currencies"
          hint="The code of the money that it is paid in, such as GBP; pence are a quote unit."
          error={aboutField(problem, "currency")}
          value={chosen.currency ?? currency}
          onChange={(event) => {
            choose({ currency: event.target.value });
          }}
        />
        <datalist id="currencies">
          {Intl.supportedValuesOf("currency").map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <SelectField
          label="Quote unit: what its prices are in"
          hint={meaningOf(known, unit, currency)}
          error={aboutField(problem, "quote_unit")}
          value={unit}
          onChange={(event) => {
            choose({ unit: event.target.value });
          }}
        >
          {units.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Name (optional)"
          maxLength={200}
          error={aboutField(problem, "name")}
          {...field("name")}
        />
        <CodeField
          label="ISIN (optional)"
          maxLength={12}
          hint="By it, listings of one security at several exchanges are known to be the same."
          error={aboutField(problem, "isin")}
          {...field("isin")}
        />
        <DecimalField
          label="Lot (optional)"
          hint="Orders are a multiple of it. 1 where nothing is written."
          error={size === null ? "Write a number above zero." : aboutField(problem, "lot")}
          {...field("lot")}
        />
      </Form>
    </>
  );
}
