/** Open a portfolio of one's own. It begins on paper, or by hand; a broker is connected afterwards, if at all. */

import { useNavigate } from "@tanstack/react-router";
import { api } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { signOf, written } from "~/numbers/format";
import { CodeField, DecimalField, SelectField, TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { ScreenHead } from "~/parts/Section";
import { finish } from "~/screens/tour/state";

const MODES = {
  automatic: {
    title: "By Ballast: it trades each position by your rule",
    hint: "On paper to begin with: play money, real prices. A broker is connected afterwards, if you want to.",
    cash: "Play money, as much as you would put in.",
  },
  advisory: {
    title: "By hand: Ballast advises, you place the orders",
    hint: "For money at a broker that Ballast cannot trade with. Nothing is ever ordered.",
    cash: "What lies there uninvested. What you hold is imported under Ledger.",
  },
} as const;

type Mode = keyof typeof MODES;

export function OpenPortfolio() {
  const navigate = useNavigate();
  const begin = api.useMutation("post", "/portfolios");
  const fund = api.useMutation("post", "/portfolios/{portfolio_id}/cash");
  const [text, field] = useFields(() => ({ name: "", currency: "", mode: "automatic", cash: "" }));
  const mode = text.mode as Mode;
  const currency = text.currency.trim().toUpperCase();
  const cash = written(text.cash || "0");
  const amount = cash === null || signOf(cash) === -1 ? null : cash;
  const problem = begin.error === null ? null : problemOf(begin.error);
  const isOpened = begin.data !== undefined;

  async function open() {
    if (amount === null) return;
    try {
      // Opened already, and only the deposit was refused: it is not opened twice.
      const { id } =
        begin.data ??
        (await begin.mutateAsync({ body: { name: text.name.trim(), base_currency: currency, mode } }));
      if (signOf(amount) === 1) {
        await fund.mutateAsync({ params: { path: { portfolio_id: id } }, body: { kind: "deposit", amount } });
      }
      finish();
      await navigate({ to: mode === "automatic" ? "/positions" : "/strategy", search: { portfolio: id } });
    } catch {
      return; // the form shows why
    }
  }

  return (
    <>
      <ScreenHead title="Open a portfolio">
        It holds cash and positions of yours, and its own rules; others see nothing of it.
      </ScreenHead>
      <Form
        send={isOpened ? "Deposit" : "Open it"}
        command={{ isPending: begin.isPending || fund.isPending, error: begin.error ?? fund.error }}
        isTold={["name", "base_currency"].some((each) => aboutField(problem, each) !== undefined)}
        disabled={amount === null}
        onSend={() => void open()}
        onLeave={() => void navigate({ to: "/" })}
      >
        {isOpened && <p role="status">The portfolio is open. The deposit was not booked yet.</p>}
        <fieldset disabled={isOpened} className="flex flex-col gap-4">
          <TextField
            label="Name"
            autoFocus
            required
            maxLength={200}
            error={aboutField(problem, "name")}
            {...field("name")}
          />
          <CodeField
            label="Base currency"
            required
            maxLength={3}
            list="currencies"
            hint="Its code, such as EUR, GBP or USD. It stays: every value and every booking is in it."
            error={aboutField(problem, "base_currency")}
            {...field("currency")}
          />
          <datalist id="currencies">
            {Intl.supportedValuesOf("currency").map((code) => (
              <option key={code} value={code} />
            ))}
          </datalist>
          <SelectField label="How is it run?" hint={MODES[mode].hint} {...field("mode")}>
            {Object.entries(MODES).map(([each, { title }]) => (
              <option key={each} value={each}>
                {title}
              </option>
            ))}
          </SelectField>
        </fieldset>
        <DecimalField
          label={`First deposit${currency.length === 3 ? ` in ${currency}` : ""} (optional)`}
          hint={MODES[mode].cash}
          error={amount === null ? "Write a number that is not negative." : undefined}
          {...field("cash")}
        />
      </Form>
    </>
  );
}
