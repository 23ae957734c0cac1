const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escapeText = (text: string) => text.replace(/[&<>]/g, (character) => entities[character] ?? character);

/** For between double quotes. */
export const escapeAttribute = (text: string) =>
  text.replace(/[&"<>]/g, (character) => entities[character] ?? character);
