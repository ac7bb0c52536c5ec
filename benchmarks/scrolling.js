/** Scrolls from the top to the last row, a window a frame, and says what that took. */
async function scrolled(rows) {
  const begun = performance.now();
  const seen = { rows: 0, elements: 0, frames: 0, late: 0, longest: 0 };
  let before = begun;
  for (;;) {
    window.scrollBy(0, window.innerHeight * 0.8);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    seen.frames += 1;
    if (now - before > 50) seen.late += 1;
    before = now;
    seen.elements = Math.max(seen.elements, document.getElementsByTagName("*").length);
    const last = [...document.querySelectorAll(rows)].at(-1);
    seen.rows = Math.max(seen.rows, Number(last?.ariaPosInSet ?? 0));
    if (last && last.ariaPosInSet === last.ariaSetSize) break;
    if (now - begun > 120_000) throw new Error(`the last row was not reached in two minutes: ${seen.rows}`);
  }
  const tasks = window.longTasks.filter(([begin]) => begin > begun).map(([, took]) => took);
  return {
    ...seen,
    late: seen.late / seen.frames,
    longest: Math.max(0, ...tasks),
    memory: performance.memory.usedJSHeapSize,
  };
}
