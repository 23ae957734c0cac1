import { originParts } from "./origin-parts.ts";

/** The whole origin, letter by letter as it is, and its host so that it is what one reads. */
export function OriginName({ origin }: { origin: string }) {
  const { scheme, host, port } = originParts(origin);
  return (
    <bdi class="origin">
      <span class="origin-rest">{scheme}</span>
      <b>{host}</b>
      <span class="origin-rest">{port}</span>
    </bdi>
  );
}
