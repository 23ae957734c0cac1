import type { Ref } from "preact";

interface FileInputProps {
  /** To open the picker by `click()`: the button for it is the caller's. */
  input: Ref<HTMLInputElement>;
  label: string;
  /** Several at once, or a folder with all that is in it; one file unless given. */
  many?: "files" | "folder";
  /** Endings and media types. */
  accept?: string;
  /** Not called when nothing was picked. */
  onFiles: (files: [File, ...File[]]) => void;
}

/** The browser's picker of files, out of sight. */
export function FileInput({ input, label, many, accept = "", onFiles }: FileInputProps) {
  return (
    <input
      ref={input}
      class="sr"
      type="file"
      multiple={many === "files"}
      {...(many === "folder" && { webkitdirectory: true })}
      accept={accept}
      tabIndex={-1}
      aria-label={label}
      onChange={(event) => {
        const [first, ...others] = event.currentTarget.files ?? [];
        // The same file again must be a change again.
        event.currentTarget.value = "";
        if (first !== undefined) onFiles([first, ...others]);
      }}
    />
  );
}
