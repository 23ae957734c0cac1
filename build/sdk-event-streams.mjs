// @ts-check
import { mustMatch } from "./must-match.mjs";

/** Event streams serve `SelectObjectContent` alone, which Holdall never calls. */
export const sdkEventStreams = () =>
  mustMatch("sdk-event-streams", (build, matched) => {
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path }) => {
      matched(path);
      return { path, namespace: "no-event-streams", sideEffects: false };
    });
    build.onLoad({ filter: /.*/, namespace: "no-event-streams" }, () => ({
      loader: "js",
      contents: `
        const refuse = () => { throw new Error("Event streams are not part of this build"); };
        export const resolveEventStreamSerdeConfig = (config) => config;
        export const eventStreamSerdeProvider = refuse;
        export class EventStreamSerde { constructor() { refuse(); } }`,
    }));
  });
