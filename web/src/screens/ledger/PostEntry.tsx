/** Post a booking by hand: what happened elsewhere, told once. */

import { useState, type FormEvent } from "react";
import { api, type Schemas } from "~/api/client";
import { aboutField, problemOf } from "~/api/problem";
import { written } from "~/numbers/format";
import { fromField, inField } from "~/numbers/time";
import { Button } from "~/parts/Button";
import { Dialog } from "~/parts/Dialog";
import { DecimalField, SelectField, TextField } from "~/parts/Field";
import { ProblemNote } from "~/parts/Told";
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
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        Post by hand
      </Button>
      <Dialog title="Post a booking" open={open} onClose={close}>
        <Form portfolio={portfolio} onDone={close} />
      </Dialog>
    </>
  );
}

const NOTHING = { quantity: "", price: "", amount: "", fee: "", tax: "" };

function Form({ portfolio, onDone }: { portfolio: Portfolio; onDone: () => void }) {
  const [kind, setKind] = useState<Kind>("buy");
  const [listingId, setListingId] = useState("");
  const [text, setText] = useState<Record<Decimal, string>>(NOTHING);
  const [at, setAt] = useState(() => inField(new Date()));
  const [reference, setReference] = useState("");
  const listings = api.useQuery("get", "/listings", { params: { query: { limit: 1000 } } });
  const post = api.useMutation("post", "/portfolios/{portfolio_id}/ledger");
  const { listing, takes } = KINDS[kind];
  const chosen = listings.data?.items.find((each) => each.id === listingId);
  const units: Record<Decimal, string> = {
    quantity: "Quantity",
    price: `Price in ${chosen?.quote_unit ?? "the quote unit"}`,
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
      at: fromField(at),
      listing_id: listing && listingId ? listingId : null,
      quantity: decimal("quantity"),
      price: decimal("price"),
      amount: decimal("amount"),
      fee: decimal("fee") ?? "0",
      tax: decimal("tax") ?? "0",
      reference: reference.trim() || null,
      note: null,
    };
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (takes.some((each) => text[each] !== "" && written(text[each]) === null)) return;
    try {
      await post.mutateAsync({
        params: { path: { portfolio_id: portfolio.id } },
        body: { entries: [entry()] },
      });
      onDone();
    } catch {
      return; // the command keeps the problem, and the form shows it
    }
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="What happened?"
          autoFocus
          value={kind}
          onChange={(event) => {
            setKind(event.target.value as Kind);
          }}
        >
          {Object.entries(KINDS).map(([each, { title }]) => (
            <option key={each} value={each}>
              {title}
            </option>
          ))}
        </SelectField>
        {listing && (
          <SelectField
            label="Listing"
            value={listingId}
            error={aboutField(problem, "entries[0].listing_id")}
            onChange={(event) => {
              setListingId(event.target.value);
            }}
          >
            <option value="">{kind === "adjustment" ? "none: cash" : "choose…"}</option>
            {listings.data?.items.map((each) => (
              <option key={each.id} value={each.id}>
                {each.symbol} · {each.exchange} · {each.currency}
              </option>
            ))}
          </SelectField>
        )}
        {takes.map((each) => (
          <DecimalField
            key={each}
            label={units[each]}
            value={text[each]}
            error={told(each)}
            onChange={(event) => {
              setText({ ...text, [each]: event.target.value });
            }}
          />
        ))}
        <TextField
          label="When"
          type="datetime-local"
          step={1}
          required
          value={at}
          onChange={(event) => {
            setAt(event.target.value);
          }}
        />
        <TextField
          label="Reference (optional)"
          maxLength={200}
          value={reference}
          onChange={(event) => {
            setReference(event.target.value);
          }}
        />
      </div>
      {post.error != null && <ProblemNote error={post.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Leave it</Button>
        <Button type="submit" look="main" busy={post.isPending}>
          Post it
        </Button>
      </div>
    </form>
  );
}
