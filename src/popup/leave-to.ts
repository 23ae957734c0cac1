import { openApp } from "../platform/pages.ts";

/** Opens the app at a route; the popup has done its work. */
export async function leaveTo(route: string): Promise<void> {
  await openApp(route);
  close();
}
