/** Saves a text as a file of the person's. It holds no secret: the browser's download list keeps the name. */
export function downloadText(text: string, name: string, type = "application/json"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser has taken the blob by the time the click is handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
