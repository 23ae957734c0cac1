/**
 * What the isolation proof tries to reach as somebody else: setup makes it, under an identity that nobody can have. A denial
 * counts only for something that exists.
 */
export const PROBE_IDENTITY = "holdall-probe";

/** Object keys: one of the person's own folder, one of a site's area. */
export const PROBE_OBJECTS = [`${PROBE_IDENTITY}/probe.txt`, `${PROBE_IDENTITY}/apps/probe/probe.txt`] as const;

/** Partition and sort keys of the items. */
export const PROBE_ITEMS = [
  { partition: PROBE_IDENTITY, sort: "probe" },
  { partition: `${PROBE_IDENTITY}#app#probe`, sort: "probe" },
] as const;

/** What is in each of them. */
export const PROBE_TEXT = "What the isolation proof must not reach. Nobody can be who owns it.";
