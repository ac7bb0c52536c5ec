/** The author's Markdown as elements: no HTML of theirs is obeyed, and each figure in it can be pointed at. */

import { lexer, type Token, type Tokens } from "marked";
import { createElement, useMemo, type ReactNode } from "react";
import type { Schemas } from "~/api/client";
import { Figure, type Pointing } from "./Figure";

type Piece = Schemas["ManifestoPiece"];

/** What stands for a piece while Markdown is read: signs that no text has, around its number. */
const SIGN = /\uE000(\d+)\uE001/;
const HEADING_BELOW = 2;

export function Prose({ pieces, pointing }: { pieces: Piece[]; pointing: Pointing }) {
  const tokens = useMemo(
    () => lexer(pieces.map((each, number) => (each.path ? `\uE000${number}\uE001` : each.text)).join("")),
    [pieces],
  );
  const figure = (number: number): ReactNode => {
    const piece = pieces[number];
    if (!piece?.path) return null;
    return (
      <Figure key={number} path={piece.path} pointing={pointing}>
        {piece.text}
      </Figure>
    );
  };
  return (
    <div className="flex max-w-prose flex-col gap-3">
      {tokens.map((each, at) => element(each, at, figure))}
    </div>
  );
}

type ToFigure = (number: number) => ReactNode;

function element(token: Token, key: number, figure: ToFigure): ReactNode {
  const inside = () =>
    "tokens" in token && token.tokens ? many(token.tokens, figure) : text(token.raw, figure);
  switch (token.type) {
    case "heading":
      return createElement(
        `h${Math.min((token as Tokens.Heading).depth + HEADING_BELOW, 6)}`,
        { key, className: "font-semibold mt-2" },
        inside(),
      );
    case "paragraph":
      return <p key={key}>{inside()}</p>;
    case "blockquote":
      return (
        <blockquote key={key} className="border-l-2 border-line pl-4 text-quiet">
          {inside()}
        </blockquote>
      );
    case "list":
      return list(token as Tokens.List, key, figure);
    case "table":
      return table(token as Tokens.Table, key, figure);
    case "code":
      return (
        <pre key={key} className="overflow-x-auto bg-raised p-2 text-small">
          {text((token as Tokens.Code).text, figure)}
        </pre>
      );
    case "hr":
      return <hr key={key} className="border-line" />;
    case "strong":
      return <strong key={key}>{inside()}</strong>;
    case "em":
      return <em key={key}>{inside()}</em>;
    case "del":
      return <del key={key}>{inside()}</del>;
    case "codespan":
      return <code key={key}>{text((token as Tokens.Codespan).text, figure)}</code>;
    case "br":
      return <br key={key} />;
    case "link":
      return <span key={key}>{inside()}</span>;
    case "text":
      return (
        <span key={key}>{"tokens" in token ? inside() : text((token as Tokens.Text).text, figure)}</span>
      );
    case "escape":
      return <span key={key}>{(token as Tokens.Escape).text}</span>;
    case "space":
    case "def":
      return null;
    default:
      return <span key={key}>{text(token.raw, figure)}</span>;
  }
}

function many(tokens: Token[], figure: ToFigure): ReactNode {
  return tokens.map((each, at) => element(each, at, figure));
}

function list({ ordered, items }: Tokens.List, key: number, figure: ToFigure): ReactNode {
  return createElement(
    ordered ? "ol" : "ul",
    { key, className: ordered ? "list-decimal pl-5" : "list-disc pl-5" },
    items.map((item, at) => <li key={at}>{many(item.tokens, figure)}</li>),
  );
}

function table({ header, rows }: Tokens.Table, key: number, figure: ToFigure): ReactNode {
  return (
    <table key={key} className="w-full">
      <thead className="text-left text-small text-quiet">
        <tr>
          {header.map((cell, at) => (
            <th key={at} className="font-normal">
              {many(cell.tokens, figure)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, line) => (
          <tr key={line} className="border-t border-line">
            {row.map((cell, at) => (
              <td key={at}>{many(cell.tokens, figure)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Text with the figures in it; every second part of what is cut at a sign is a number. */
function text(raw: string, figure: ToFigure): ReactNode {
  return raw.split(SIGN).map((part, at) => (at % 2 === 1 ? figure(Number(part)) : part));
}
