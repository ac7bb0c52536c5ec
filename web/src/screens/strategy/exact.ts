/** Policies as text: every number as it was written, for JSON that is read as floats would lose digits. */

import { useQuery } from "@tanstack/react-query";
import { applyEdits, findNodeAtLocation, format, parseTree, type JSONPath, type Node } from "jsonc-parser";
import { client, type Schemas } from "~/api/client";

export type PortfolioPolicy = Schemas["PortfolioPolicy"];

export interface ExactPolicy {
  /** All but the policies' own numbers may be read from here. */
  answer: PortfolioPolicy;
  active: string | null;
  draft: string | null;
}

const PATH = "/portfolios/{portfolio_id}/policy";

export function usePolicy(portfolioId: string) {
  return useQuery({
    queryKey: ["get", PATH, portfolioId],
    queryFn: async ({ signal }): Promise<ExactPolicy> => {
      const { data, error } = await client.GET(PATH, {
        params: { path: { portfolio_id: portfolioId } },
        parseAs: "text",
        signal,
      });
      if (data === undefined) throw error;
      return exactly(data);
    },
  });
}

/** Put a policy forward, or with `tried` only ask what would come of it. Throws the refusal. */
export async function putForward(
  portfolioId: string,
  policy: string,
  manifesto: string,
  tried: boolean,
): Promise<PortfolioPolicy> {
  const { data, error } = await client.PUT(PATH, {
    params: { path: { portfolio_id: portfolioId }, query: { dry_run: tried } },
    body: { policy: {} },
    bodySerializer: () => `{"policy":${policy.trim() || "null"},"manifesto":${JSON.stringify(manifesto)}}`,
  });
  if (data === undefined) throw error;
  return data;
}

function exactly(text: string): ExactPolicy {
  const root = parseTree(text);
  const policy = (version: string) => {
    const node = root && findNodeAtLocation(root, [version, "policy"]);
    return node ? pretty(text.slice(node.offset, node.offset + node.length)) : null;
  };
  return { answer: JSON.parse(text) as PortfolioPolicy, active: policy("active"), draft: policy("draft") };
}

function pretty(text: string): string {
  return applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2 }));
}

export interface Leaf {
  /** As the server names it: `targets.core`. */
  path: string;
  node: Node;
  /** The value as it is written. */
  raw: string;
}

const COMMON = [
  /^version$/,
  /^targets\./,
  /^cadence\.(monthly|quarterly)\.(contribution|max_orders|min_trade)/,
  /^triggers\.(major|minor)_sleeve_abs_drift_pp$/,
  /^cash_park\.staged_amount/,
];

/** The figures that are changed most, found in a policy's text. */
export function commonFigures(text: string): Leaf[] {
  const root = parseTree(text);
  if (root === undefined) return [];
  return [...leaves(text, root, [])].filter(({ path }) => COMMON.some((each) => each.test(path)));
}

function* leaves(text: string, node: Node, path: JSONPath): Generator<Leaf> {
  if (node.type === "object") {
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key && value) yield* leaves(text, value, [...path, String(key.value)]);
    }
  } else if (node.type === "number" || node.type === "string") {
    yield { path: path.join("."), node, raw: text.slice(node.offset, node.offset + node.length) };
  }
}

/** The text with one value written otherwise. */
export function rewritten(text: string, { node }: Leaf, value: string): string {
  return text.slice(0, node.offset) + value + text.slice(node.offset + node.length);
}
