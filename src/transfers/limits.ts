/** Ended transfers that stay on the list when new ones are begun after all others have ended. */
export const keptEnded = 50;

/** Ended transfers that stay on the list at most, while others are under way: what a folder of thousands of files shows as done. */
export const mostEnded = 10_000;

/** Milliseconds between two views. */
export const viewInterval = 250;

/** Milliseconds between two looks for multipart uploads that nobody needs any more. */
export const sweepInterval = 1000;

/** Milliseconds that requests which were given up may still need to end at S3. */
export const sweepDelay = 500;

/** Milliseconds before each further look, when S3 refused an abort or was not reached. After the last, the next sign-in or start looks. */
export const sweepPauses = [2_000, 5_000, 10_000, 20_000];
