import type { Page } from "puppeteer-core";

/** How much has moved by itself since the page was opened, as the browser measures it; waits for what is still to move. */
export async function layoutShift(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const values = list.getEntries() as unknown as { value: number }[];
          resolve(values.reduce((sum, { value }) => sum + value, 0));
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(0), 300);
      }),
  );
}
