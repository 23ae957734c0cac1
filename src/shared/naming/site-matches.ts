/**
 * Is a site that of a rule? `example.com` is that host alone, `*.example.com` it and all below, "" any. A rule without a port
 * is for every port.
 * @param site `URL.host` of a page
 */
export function siteMatches(rule: string, site: string): boolean {
  if (rule.trim() === "") return true;
  const { host, below } = parseRule(rule);
  if (host === "") return false;
  const here = hasPort(host) ? site.toLowerCase() : site.toLowerCase().replace(/:\d+$/, "");
  return here === host || (below && here.endsWith(`.${host}`));
}

/** Can a rule match any site at all? */
export function isSiteRule(rule: string): boolean {
  return rule.trim() === "" || parseRule(rule).host !== "";
}

function parseRule(rule: string): { host: string; below: boolean } {
  const text = rule.trim();
  const below = text.startsWith("*.");
  // As addresses have it: in small letters, and other alphabets as `xn--`.
  const address = `http://${below ? text.slice(2) : text}`;
  const plain = !/[/\\@?#*\s]/.test(address.slice("http://".length));
  return { host: plain && URL.canParse(address) ? new URL(address).host : "", below };
}

function hasPort(host: string): boolean {
  return /:\d+$/.test(host);
}
