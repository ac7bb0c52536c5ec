/**
 * The band chart: price with its gaps left as gaps, anchor as steps, the band around it, fills and skips as marks.
 * A mark says its sentence under the pointer, and with the arrow keys.
 */

import {
  createChart,
  createSeriesMarkers,
  LineSeries,
  LineStyle,
  LineType,
  type IChartApi,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Schemas } from "~/api/client";
import { pixels } from "~/numbers/format";
import { exact } from "~/numbers/time";
import { useTheme, type Theme } from "~/shell/theme";
import { colourOf } from "./colours";

/** Prices further apart than this are not joined by a line. */
const GAP_STRETCHES = 4;

type Chart = Schemas["PositionChart"];
type Mark = Schemas["ChartMark"];

export default function BandChart({ chart, symbol }: { chart: Chart; symbol: string }) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const [at, setAt] = useState<number | null>(null);
  const mark = at === null ? undefined : chart.marks.find((each) => each.number === at);

  useEffect(() => {
    if (!place.current) return;
    const start = performance.now();
    const drawn = draw(place.current, chart, theme, setAt);
    const painted = requestAnimationFrame(() => {
      performance.measure("band chart", { start }); // told to who looks into the browser's timings
    });
    return () => {
      cancelAnimationFrame(painted);
      drawn.remove();
    };
  }, [chart, theme]);

  function pressed(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || chart.marks.length === 0) return;
    event.preventDefault();
    const index = chart.marks.findIndex((each) => each.number === at);
    const next = index < 0 ? chart.marks.length - 1 : index + step;
    setAt(chart.marks[Math.min(Math.max(next, 0), chart.marks.length - 1)]?.number ?? null);
  }

  return (
    <figure className="flex flex-col gap-2">
      <div
        ref={place}
        tabIndex={0}
        role="application"
        aria-label={`${symbol}: price, anchor and band; arrow keys go from mark to mark`}
        onKeyDown={pressed}
        className="h-72 w-full"
      />
      <figcaption aria-live="polite" className="min-h-6 text-small">
        {mark ? (
          <>
            <span className="text-quiet">{exact(mark.at)}</span> {mark.sentence}
          </>
        ) : (
          <Legend marks={chart.marks} />
        )}
      </figcaption>
    </figure>
  );
}

function Legend({ marks }: { marks: Mark[] }) {
  const count = (kind: Mark["kind"]) => marks.filter((each) => each.kind === kind).length;
  return (
    <span className="text-quiet">
      ─ price · <span className="text-accent">━ anchor</span> · ┄ band · ▲ {count("bought")} bought · ▼{" "}
      {count("sold")} sold · ○ {count("skipped")} skipped: point at one, or use the arrow keys
    </span>
  );
}

function draw(
  place: HTMLElement,
  chart: Chart,
  theme: Theme,
  onMark: (number: number | null) => void,
): IChartApi {
  const colours = colourOf(["ink", "quiet", "line", "accent", "gain", "loss", "raised"]);
  const api = createChart(place, {
    autoSize: true,
    layout: {
      background: { color: "transparent" },
      textColor: colours.quiet,
      attributionLogo: false, // named in the list of keys, so that nothing is drawn by a style written into the document
      fontFamily: "system-ui, sans-serif",
    },
    grid: { vertLines: { visible: false }, horzLines: { color: colours.line } },
    rightPriceScale: { borderColor: colours.line },
    timeScale: { borderColor: colours.line, timeVisible: true, secondsVisible: chart.step_seconds < 60 },
    handleScroll: false,
    handleScale: false,
    localization: { timeFormatter: (time: Time) => exact(new Date((time as number) * 1000).toISOString()) },
  });
  const grid = new Grid(chart);
  const line = { lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false };
  const stepped = { ...line, lineType: LineType.WithSteps };
  const edge = { ...stepped, color: colours.quiet, lineWidth: 1, lineStyle: LineStyle.Dashed } as const;
  api.addSeries(LineSeries, edge).setData(grid.steps(chart, "sell_above"));
  api.addSeries(LineSeries, edge).setData(grid.steps(chart, "buy_below"));
  api
    .addSeries(LineSeries, { ...stepped, color: colours.accent, lineWidth: 2 })
    .setData(grid.steps(chart, "anchor"));
  const price = api.addSeries(LineSeries, {
    ...line,
    color: colours.ink,
    lineWidth: 1,
    lastValueVisible: true,
  });
  price.setData(grid.prices(chart));
  createSeriesMarkers(
    price,
    chart.marks.map((each) => shape(each, grid.at(each.at), colours)),
  );
  api.subscribeCrosshairMove((moved) => {
    const number = typeof moved.hoveredObjectId === "string" ? Number(moved.hoveredObjectId) : null;
    onMark(number);
  });
  api.timeScale().fitContent();
  place.dataset.theme = theme;
  return api;
}

function shape(
  mark: Mark,
  time: UTCTimestamp,
  colours: Record<"gain" | "loss" | "quiet", string>,
): SeriesMarker<Time> {
  const id = String(mark.number);
  switch (mark.kind) {
    case "bought":
      return { id, time, position: "belowBar", shape: "arrowUp", color: colours.gain };
    case "sold":
      return { id, time, position: "aboveBar", shape: "arrowDown", color: colours.loss };
    case "skipped":
      return { id, time, position: "aboveBar", shape: "circle", color: colours.quiet, size: 0.6 };
  }
}

/** Times on even steps from where there is something to see, so that a stretch without a price is as wide as it was long. */
class Grid {
  private readonly begin: number;
  private readonly step: number;
  private readonly count: number;

  constructor(chart: Chart) {
    const first = [chart.prices[0]?.at, chart.band[0]?.at].filter((each) => each !== undefined).map(seconds);
    this.step = Math.max(1, chart.step_seconds);
    this.begin = Math.floor(Math.max(seconds(chart.begin), Math.min(...first, seconds(chart.until))));
    this.count = Math.max(1, Math.ceil((seconds(chart.until) - this.begin) / this.step));
  }

  at(moment: string): UTCTimestamp {
    return this.time(Math.round((seconds(moment) - this.begin) / this.step));
  }

  prices(chart: Chart) {
    const known = new Map(chart.prices.map((each) => [this.at(each.at), pixels(each.price)]));
    return Array.from({ length: this.count + 1 }, (_, index) => {
      const time = this.time(index);
      const value = known.get(time);
      if (value === undefined) return { time };
      return this.isBeforeGap(known, index) ? { time, value, color: "transparent" } : { time, value };
    });
  }

  steps(chart: Chart, name: "anchor" | "buy_below" | "sell_above") {
    const known = new Map(chart.band.map((each) => [this.at(each.at), pixels(each[name])]));
    const last = chart.band.at(-1);
    if (last) known.set(this.time(this.count), pixels(last[name]));
    return [...known].map(([time, value]) => ({ time, value })).sort((one, other) => one.time - other.time);
  }

  /** Whether the line from this price to the next one would bridge a stretch without any. */
  private isBeforeGap(known: Map<UTCTimestamp, number>, index: number): boolean {
    const near = Array.from({ length: GAP_STRETCHES }, (_, ahead) => this.time(index + 1 + ahead));
    return !near.some((time) => known.has(time));
  }

  private time(index: number): UTCTimestamp {
    const inside = Math.min(Math.max(index, 0), this.count);
    return (this.begin + inside * this.step) as UTCTimestamp;
  }
}

function seconds(moment: string): number {
  return new Date(moment).getTime() / 1000;
}
