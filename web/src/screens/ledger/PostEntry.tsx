/** Post a booking by hand: what happened elsewhere, told once. */

import { api, type Schemas } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { written } from "~/numbers/format";
import { fromField, inField } from "~/numbers/time";
import { DialogButton } from "~/parts/DialogButton";
import { DecimalField, SelectField, TextField } from "~/parts/Field";
import { Form, useFields } from "~/parts/Form";
import { ListingField } from "~/parts/ListingField";
import { useListing } from "~/parts/listings";
import type { Portfolio } from "~/shell/portfolio";

type Kind = Schemas["EntryIn"]["kind"];
type Decimal = "quantity" | "price" | "amount" | "fee" | "tax";

/** What a booking of each kind is made of. */
const KINDS: Record<Kind, { title: string; listing: boolean; takes: readonly Decimal[] }> = {
  buy: { title: "Bought", listing: true, takes: ["quantity", "price", "amount", "fee"] },
  sell: { title: "Sold", listing: true, takes: ["quantity", "price", "amount", "fee"] },
  dividend: { title: "Dividend", listing: true, takes: ["amount", "fee", "tax"] },
  interest: { title: "Interest", listing: false, takes: ["amount", "tax"] },
  fee: { title: "Fee", listing: false, takes: ["amount"] },
  contribution: { title: "Contribution", listing: false, takes: ["amount"] },
  withdrawal: { title: "Withdrawal", listing: false, takes: ["amount"] },
  transfer: { title: "Transfer in kind", listing: true, takes: ["quantity", "price", "amount"] },
  adjustment: { title: "Adjustment", listing: true, takes: ["quantity", "amount"] },
};

export function PostEntry({ portfolio }: { portfolio: Portfolio }) {
  return (
    <DialogButton button="Post by hand" title="Post a booking">
      {(leave) => <Posting portfolio={portfolio} onLeave={leave} />}
    </DialogButton>
  );
}

const NOTHING = { quantity: "", price: "", amount: "", fee: "", tax: "", reference: "" };

function Posting({ portfolio, onLeave }: { portfolio: Portfolio; onLeave: () => void }) {
  const [text, field] = useFields(() => ({
    ...NOTHING,
    kind: "buy",
    listing: "",
    at: inField(new Date()),
  }));
  const kind = text.kind as Kind;
  const chosen = useListing(text.listing).data;
  const post = api.useMutation("post", "/portfolios/{portfolio_id}/ledger");
  const { listing, takes } = KINDS[kind];
  const units: Record<Decimal, string> = {
    quantity: "Quantity",
    price: `Price in ${(text.listing && chosen?.quote_unit) || "the quote unit"}`,
    amount: `Amount in ${portfolio.base_currency}`,
    fee: `Fee in ${portfolio.base_currency}`,
    tax: `Tax in ${portfolio.base_currency}`,
  };
  const problem = post.error === null ? null : problemOf(post.error);

  function told(name: Decimal): string | undefined {
    if (text[name] !== "" && written(text[name]) === null) return "Write a number.";
    return aboutField(problem, `entries[0].${name}`);
  }

  function entry(): Schemas["EntryIn"] {
    const decimal = (name: Decimal) => (takes.includes(name) ? written(text[name]) : null);
    return {
      kind,
      at: fromField(text.at),
      listing_id: listing && text.listing ? text.listing : null,
      quantity: decimal("quantity"),
      price: decimal("price"),
      amount: decimal("amount"),
      fee: decimal("fee") ?? "0",
      tax: decimal("tax") ?? "0",
      reference: text.reference.trim() || null,
      note: null,
    };
  }

  function send() {
    if (takes.some((each) => text[each] !== "" && written(text[each]) === null)) return;
    const params = { path: { portfolio_id: portfolio.id } };
    post.mutate({ params, body: { entries: [entry()] } }, { onSuccess: onLeave });
  }

  return (
    <Form send="Post it" command={post} onSend={send} onLeave={onLeave}>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="What happened?" autoFocus {...field("kind")}>
          {Object.entries(KINDS).map(([each, { title }]) => (
            <option key={each} value={each}>
              {title}
            </option>
          ))}
        </SelectField>
        {listing && (
          <ListingField
            label={kind === "adjustment" ? "Listing (none is cash)" : "Listing"}
            alsoRetired
            error={aboutField(problem, "entries[0].listing_id")}
            value={text.listing}
            onChange={(id) => {
              field("listing").onChange({ target: { value: id } });
            }}
          />
        )}
        {takes.map((each) => (
          <DecimalField key={each} label={units[each]} error={told(each)} {...field(each)} />
        ))}
        <TextField label="When" type="datetime-local" step={1} required {...field("at")} />
        <TextField label="Reference (optional)" maxLength={200} {...field("reference")} />
      </div>
    </Form>
  );
}
