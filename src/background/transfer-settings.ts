import { localArea } from "../platform/storage.ts";

/** Key in `storage.local`: a preference, nothing of the person's data. */
export const sendOnceKey = "sendOnce";

/** Whether bytes that are in the folder already are recognised and not sent again. Off until the person turns it on. */
export async function readSendOnce(): Promise<boolean> {
  return (await localArea.get(sendOnceKey)) === true;
}
