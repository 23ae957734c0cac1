/**
 * What a site's requests cost about. AWS's list prices of US East (N. Virginia) in US dollars, as published in July 2025; other
 * regions cost up to twice as much, free tiers and storage are not counted.
 * https://aws.amazon.com/s3/pricing/ (S3 Standard), https://aws.amazon.com/dynamodb/pricing/on-demand/ (standard tables)
 */
import type { SiteDay } from "../../messaging/sites-view.ts";

/** PUT, COPY, POST, LIST. */
const dollarsPerS3Write = 0.005 / 1000;
/** GET, HEAD and all others. */
const dollarsPerS3Read = 0.0004 / 1000;
const dollarsPerItemWriteUnit = 0.625 / 1_000_000;
const dollarsPerItemReadUnit = 0.125 / 1_000_000;
/** From AWS to the internet, the first 10 TB of a month. The first 100 GB are free, but of a whole account. */
const dollarsPerByteOut = 0.09 / 1_000_000_000;

/** US dollars. */
export function costOf(day: Omit<SiteDay, "day">): number {
  return (
    day.s3Writes * dollarsPerS3Write +
    day.s3Reads * dollarsPerS3Read +
    day.itemWriteUnits * dollarsPerItemWriteUnit +
    day.itemReadUnits * dollarsPerItemReadUnit +
    day.read * dollarsPerByteOut
  );
}
