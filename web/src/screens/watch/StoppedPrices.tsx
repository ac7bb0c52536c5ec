/** Prices that the gate stopped, each beside the last good one that it was held against. */

import { api, type Schemas } from "~/api/client";
import { Ago } from "~/parts/Ago";
import { digitsOf } from "~/numbers/format";
import { Price } from "~/parts/Figures";
import { Section } from "~/parts/Section";
import { EmptyState, Shown } from "~/parts/Told";
import { Settle } from "./Settle";

type Stopped = Schemas["WaitingPrice"];

export function StoppedPrices() {
  const stopped = api.useQuery("get", "/quarantine", { params: { query: { limit: 1000 } } });
  return (
    <Section title="Stopped prices">
      <Shown of={stopped}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState>
              No price waits. One that the gate stops stands here beside the last good one, until you release
              or discard it.
            </EmptyState>
          ) : (
            <ul aria-label="Stopped prices" className="grid gap-4 lg:grid-cols-2">
              {items.map((each) => (
                <StoppedPrice key={each.number} stopped={each} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Section>
  );
}

function StoppedPrice({ stopped }: { stopped: Stopped }) {
  const unit = stopped.quote_unit;
  const digits = digitsOf([stopped.last_good, stopped.price]);
  return (
    <li className="flex flex-col gap-3 rounded border border-vermilion bg-raised p-4">
      <h3 className="font-semibold">{stopped.symbol}</h3>
      <dl className="grid grid-cols-2 gap-4">
        <Side
          title="Last good"
          price={stopped.last_good}
          unit={unit}
          digits={digits}
          at={stopped.last_good_at}
        />
        <Side
          title={`Stopped, from ${stopped.source}`}
          price={stopped.price}
          unit={unit}
          digits={digits}
          at={stopped.as_of}
          loud
        />
      </dl>
      <p>{stopped.meaning}</p>
      <p className="text-small text-quiet">
        Seen {stopped.observed}, expected {stopped.expected}.
      </p>
      <div className="flex flex-wrap gap-2">
        <Settle stopped={stopped} ruling="release" />
        <Settle stopped={stopped} ruling="discard" />
      </div>
    </li>
  );
}

interface SideProps {
  title: string;
  price: string | null;
  unit: string;
  digits: number;
  at: string | null;
  loud?: boolean;
}

function Side({ title, price, unit, digits, at, loud = false }: SideProps) {
  return (
    <div className="min-w-0">
      <dt className="text-small text-quiet">{title}</dt>
      <dd className={`text-large ${loud ? "text-vermilion" : ""}`}>
        <Price value={price} unit={unit} digits={digits} />
      </dd>
      {at && (
        <dd className="text-small">
          <Ago at={at} />
        </dd>
      )}
    </div>
  );
}
