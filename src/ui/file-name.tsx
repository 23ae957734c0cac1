import { extensionOf } from "./format/file-kind.ts";

/**
 * A name that is cut in the middle when there is no room: the ending tells versions and kinds apart. `bdi` keeps a
 * right-to-left name from turning its surroundings round.
 */
export function FileName({ name }: { name: string }) {
  const extension = extensionOf(name);
  const tail = extension === "" ? 0 : Math.min(extension.length + 4, name.length);
  const cut = name.length - tail;
  // Never between the halves of a surrogate pair.
  const at = /[\uDC00-\uDFFF]/.test(name[cut] ?? "") ? cut - 1 : cut;
  // One run of text for readers and for the bidi algorithm when there is nothing to cut, as in most names.
  if (name.length <= 24 || tail === 0) {
    return (
      <bdi class="file-name clip" title={name}>
        {name}
      </bdi>
    );
  }
  return (
    <bdi class="file-name split" title={name}>
      <span class="clip">{name.slice(0, at)}</span>
      <span>{name.slice(at)}</span>
    </bdi>
  );
}
