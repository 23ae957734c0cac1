/** As in src/app/route.ts, which is the app's. */
export function formatSiteRoute(origin: string): string {
  return `/sites/${encodeURIComponent(origin)}`;
}
