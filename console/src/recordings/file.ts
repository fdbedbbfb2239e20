const KEPT_MS = 60_000;

/** Hands a file to whoever looks at the page, as a download. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => { URL.revokeObjectURL(link.href); }, KEPT_MS);
}
