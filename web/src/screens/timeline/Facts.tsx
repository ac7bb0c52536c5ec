/** What an event carries, name by name, as it is recorded: these are the figures that can be proven. */

export function Facts({ title, of }: { title: string; of: unknown }) {
  const facts = flat(of);
  return (
    <div className="min-w-0">
      <h3 className="text-small text-quiet">{title}</h3>
      <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-x-3 text-small">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name.replaceAll("_", " ")}</dt>
            <dd className="break-words tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function flat(value: unknown, name = ""): [string, string][] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : value.flatMap((each, index) => flat(each, `${name} ${index + 1}`));
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, each]) => flat(each, name ? `${name} · ${key}` : key));
  }
  if (value === null || value === undefined) return [];
  return [[name, String(value)]];
}
