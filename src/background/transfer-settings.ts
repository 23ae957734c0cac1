import type { StorageArea } from "../platform/storage.ts";

/** Key in `storage.local`: a preference, nothing of the person's data. */
const sendOnceKey = "sendOnce";

/** Whether bytes that are in the folder already are recognised and not sent again. Off until the person turns it on. */
export interface SendOnce {
  read(): Promise<boolean>;
  write(value: boolean): Promise<void>;
}

/** Read once in the background's life, and written by it alone: each of thousands of uploads asks. */
export function createSendOnce(area: Pick<StorageArea, "get" | "set">): SendOnce {
  let known: boolean | null = null;
  return {
    read: async () => {
      known ??= (await area.get(sendOnceKey)) === true;
      return known;
    },
    write: async (value) => {
      await area.set(sendOnceKey, value);
      known = value;
    },
  };
}
