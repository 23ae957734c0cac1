/** Scrolls the page while pictures of it are taken, and back. */
import type { PageMeasure, PageShown, PageViewCalls } from "../shared/page-calls.ts";
import { answerCalls } from "./answer-calls.ts";
import { findPinned, hideInShadows, showInShadows } from "./pinned.ts";
import { settle } from "./settle.ts";

const found = { x: scrollX, y: scrollY };

answerCalls("inject-page-view.js", { measure, show, settle, visit, restore } satisfies PageViewCalls);

/** The body's in quirks mode. */
const root = () => document.scrollingElement ?? document.documentElement;

function measure(): PageMeasure {
  const { clientWidth, clientHeight, scrollWidth, scrollHeight } = root();
  const { overflowX } = getComputedStyle(document.documentElement);
  // Scripts could scroll there, people cannot.
  const cut =
    overflowX === "hidden" || overflowX === "clip" || getComputedStyle(document.body ?? root()).overflowX === "hidden";
  return {
    width: cut ? clientWidth : Math.max(scrollWidth, clientWidth),
    height: Math.max(scrollHeight, clientHeight),
    windowWidth: innerWidth,
    windowHeight: innerHeight,
    viewWidth: clientWidth,
    viewHeight: clientHeight,
    ratio: devicePixelRatio,
  };
}

function show(x: number, y: number): PageShown {
  scrollTo({ left: x, top: y, behavior: "instant" });
  const { fixed, sticky, inShadows } = findPinned();
  // On the first picture they are seen once.
  if (scrollY > 0 || scrollX > 0) hideInShadows(inShadows);
  return { x: scrollX, y: scrollY, height: measure().height, fixed, sticky };
}

async function visit(patience: number): Promise<void> {
  const end = performance.now() + patience;
  const step = Math.max(100, root().clientHeight);
  for (let y = 0; y < root().scrollHeight && performance.now() < end; y += step) {
    scrollTo({ left: 0, top: y, behavior: "instant" });
    await settle(Math.min(150, Math.max(0, end - performance.now())));
  }
  scrollTo({ left: found.x, top: found.y, behavior: "instant" });
  await settle(100);
}

function restore(): void {
  showInShadows();
  scrollTo({ left: found.x, top: found.y, behavior: "instant" });
}
