/** Reads what RFC 4180 says: fields between commas, quoted where they hold one, lines that end with a line feed. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (text.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === ',') {
      line.push(field);
      field = '';
    } else if (character === '\n') {
      lines.push([...line, field]);
      line = [];
      field = '';
    } else if (character !== '\r') field += character;
  }
  if (line.length > 0 || field !== '') lines.push([...line, field]);
  return lines;
}
