/** Open a position: with an amount of the portfolio's cash, with shares that are there already, or both. */

import { useState, type FormEvent } from "react";
import { useNavigate } from "@tanstack/react-router";
import { api } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { money, written } from "~/numbers/format";
import { Button } from "~/parts/Button";
import { Dialog } from "~/parts/Dialog";
import { DecimalField, SelectField } from "~/parts/Field";
import { ProblemNote } from "~/parts/Told";
import type { Portfolio } from "~/shell/portfolio";

export function OpenPosition({ portfolio }: { portfolio: Portfolio }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="main"
        onClick={() => {
          setOpen(true);
        }}
      >
        Open a position
      </Button>
      <Dialog
        title={`Open a position in ${portfolio.name}`}
        open={open}
        onClose={() => {
          setOpen(false);
        }}
      >
        <OpenForm portfolio={portfolio} />
      </Dialog>
    </>
  );
}

function OpenForm({ portfolio }: { portfolio: Portfolio }) {
  const [form, setForm] = useState({ listing: "", cash: "", shares: "", anchor: "" });
  const navigate = useNavigate();
  const listings = api.useQuery("get", "/listings", { params: { query: { limit: 1000 } } });
  const begin = api.useMutation("post", "/portfolios/{portfolio_id}/positions");
  const problem = begin.error === null ? null : problemOf(begin.error);
  const numbers = {
    cash: written(form.cash || "0"),
    shares: written(form.shares || "0"),
    anchor: written(form.anchor),
  };
  const usable = listings.data?.items.filter((each) => each.retired_on === null) ?? [];
  const listing = usable.find((each) => each.id === form.listing);

  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => {
      begin.reset();
      setForm((before) => ({ ...before, [name]: event.target.value }));
    },
  });

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { cash, shares, anchor } = numbers;
    if (cash === null || shares === null || anchor === null) return;
    const path = { portfolio_id: portfolio.id };
    try {
      const body = { listing_id: form.listing, cash, shares, anchor };
      const opened = await begin.mutateAsync({ params: { path }, body });
      await navigate({ to: "/positions/$positionId", params: { positionId: opened.id } });
    } catch {
      return; // the form shows why
    }
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <SelectField label="Listing" required error={aboutField(problem, "listing_id")} {...field("listing")}>
        <option value="">Choose one</option>
        {usable.map((each) => (
          <option key={each.id} value={each.id}>
            {each.symbol} · {each.exchange} · {each.currency} {each.name ? `· ${each.name}` : ""}
          </option>
        ))}
      </SelectField>
      <DecimalField
        label={`By amount: cash in ${portfolio.base_currency}`}
        hint={`Comes out of the ${money(portfolio.cash, portfolio.base_currency)} that are free.`}
        error={numbers.cash === null ? "This is no amount." : aboutField(problem, "cash")}
        {...field("cash")}
      />
      <DecimalField
        label="By units: shares that you have already"
        hint="Booked as brought in at the anchor; nothing is bought for them."
        error={numbers.shares === null ? "This is no number." : aboutField(problem, "shares")}
        {...field("shares")}
      />
      <DecimalField
        label={`Anchor${listing ? ` in ${listing.quote_unit}` : ""}`}
        required
        hint="The price from which moves are counted, usually today's."
        error={
          form.anchor !== "" && numbers.anchor === null ? "This is no price." : aboutField(problem, "anchor")
        }
        {...field("anchor")}
      />
      {problem && <ProblemNote error={problem} />}
      <div className="flex justify-end">
        <Button
          type="submit"
          look="main"
          busy={begin.isPending}
          disabled={numbers.anchor === null || !form.listing}
        >
          Open it
        </Button>
      </div>
    </form>
  );
}
