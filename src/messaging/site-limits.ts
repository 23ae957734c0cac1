/** How much a connected page may ask. Without the schema, which would make the content script four times as large. */

/** Bytes of a request, without the body of a file. */
export const largestRequest = 1_000_000;
/** Levels of a value. DynamoDB stops at 32. */
export const deepestValue = 30;
/** Requests of one site that run at once; the next wait. */
export const mostParallel = 16;
/** Requests of one site that wait; more are refused as `over-limit`. */
export const mostWaiting = 256;
/** Bytes of one file through a page. */
export const largestFile = 5_000_000_000;
export const mostInBatch = 25;
