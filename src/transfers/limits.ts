/** Bytes that one PUT may carry: 5 GiB. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const maxTransferSize = 5 * 1024 ** 3;

/** Ended transfers that stay on the list. */
export const keptEnded = 50;

/** Milliseconds between two views that differ in progress only. */
export const viewInterval = 250;
