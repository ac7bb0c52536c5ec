/** Open a position: with an amount of the portfolio's cash, with shares that are there already, or both. */

import { Link, useNavigate } from "@tanstack/react-router";
import { api } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { money, written } from "~/numbers/format";
import { DialogButton } from "~/parts/DialogButton";
import { DecimalField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { ListingField } from "~/parts/ListingField";
import { useListing } from "~/parts/listings";
import type { Portfolio } from "~/shell/portfolio";

interface Props {
  portfolio: Portfolio;
  /** The listing that is meant; then the form is there at once. */
  listing?: string;
}

export function OpenPosition({ portfolio, listing = "" }: Props) {
  return (
    <DialogButton
      look="main"
      button="Open a position"
      title={`Open a position in ${portfolio.name}`}
      isOpen={listing !== ""}
    >
      {(leave) => <OpenForm portfolio={portfolio} first={listing} onLeave={leave} />}
    </DialogButton>
  );
}

interface FormProps {
  portfolio: Portfolio;
  first: string;
  onLeave: () => void;
}

function OpenForm({ portfolio, first, onLeave }: FormProps) {
  const navigate = useNavigate();
  const begin = api.useMutation("post", "/portfolios/{portfolio_id}/positions");
  const [form, field] = useFields(() => ({ listing: first, cash: "", shares: "", anchor: "" }), begin.reset);
  const listing = useListing(form.listing).data;
  const problem = begin.error === null ? null : problemOf(begin.error);
  const numbers = {
    cash: written(form.cash || "0"),
    shares: written(form.shares || "0"),
    anchor: written(form.anchor),
  };
  function open() {
    const { cash, shares, anchor } = numbers;
    if (cash === null || shares === null || anchor === null) return;
    const body = { listing_id: form.listing, cash, shares, anchor };
    begin.mutate(
      { params: { path: { portfolio_id: portfolio.id } }, body },
      {
        onSuccess: ({ id }) => void navigate({ to: "/positions/$positionId", params: { positionId: id } }),
      },
    );
  }

  return (
    <Form
      send="Open it"
      command={begin}
      disabled={numbers.anchor === null || !form.listing}
      onSend={open}
      onLeave={onLeave}
    >
      <ListingField
        label="Listing"
        required
        error={aboutField(problem, "listing_id")}
        value={form.listing}
        onChange={(id) => {
          field("listing").onChange({ target: { value: id } });
        }}
      />
      <p className="text-small text-quiet">
        Not among them?{" "}
        <Link to="/listings/new" className="text-accent underline">
          Register a new listing
        </Link>
      </p>
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
        label={`Anchor${form.listing && listing ? ` in ${listing.quote_unit}` : ""}`}
        required
        hint="The price from which moves are counted, usually today's."
        error={
          form.anchor !== "" && numbers.anchor === null ? "This is no price." : aboutField(problem, "anchor")
        }
        {...field("anchor")}
      />
    </Form>
  );
}
