/** Host of a page's address, with the port if it has one; "" for addresses without a host. */
export function siteOf(page: string): string {
  return URL.canParse(page) ? new URL(page).host : "";
}
