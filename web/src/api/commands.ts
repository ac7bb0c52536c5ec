/**
 * What a command carries, and what is remembered of it.
 *
 * The same command sent again while nobody knows what became of the first goes out under the same key, so that an
 * impatient second click never does a thing twice. After a command, questions wait until their answer includes it.
 */

import type { Middleware } from "openapi-fetch";
import { signedOut, type Way } from "./session";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const INCLUDED_FOR_MS = 30_000;

const undecided = new Map<string, string>();
let position: { number: string; until: number } | null = null;

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function fingerprint(request: Request): Promise<string> {
  return `${request.method} ${request.url}\n${await request.clone().text()}`;
}

function atLeast(request: Request): Request {
  if (position === null || position.until < Date.now()) return request;
  const url = new URL(request.url);
  url.searchParams.set("at_least", position.number);
  return new Request(url, request);
}

/** A 401 says how one signs in here; one that does not is about a password that was wrong. */
async function nobody(response: Response): Promise<void> {
  const problem = (await response.clone().json()) as { auth?: Way };
  if (problem.auth) signedOut(problem.auth);
}

const prints = new WeakMap<Request, string>();

export const commands: Middleware = {
  async onRequest({ request }) {
    if (SAFE.has(request.method)) return atLeast(request);
    const print = await fingerprint(request);
    const key = undecided.get(print) ?? newKey();
    undecided.set(print, key);
    request.headers.set("Idempotency-Key", key);
    prints.set(request, print);
    return request;
  },
  async onResponse({ request, response }) {
    const print = prints.get(request);
    if (print !== undefined && response.status < 500) undecided.delete(print);
    const number = response.headers.get("Ballast-Position");
    if (number !== null) position = { number, until: Date.now() + INCLUDED_FOR_MS };
    if (response.status === 401) await nobody(response);
    return response;
  },
};
