/** Which of one's portfolios something is of; nothing where there is only one to mean. */

import { usePortfolios } from "~/shell/portfolio";

export function OfPortfolio({ id }: { id: string | null }) {
  const all = usePortfolios().data?.items ?? [];
  const found = all.length > 1 ? all.find((each) => each.id === id) : undefined;
  return found && <span className="text-quiet">{found.name} · </span>;
}
