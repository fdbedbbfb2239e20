/** More than the fields of the messages that are under way in one turn. */
const MOST = 64;

/**
 * Remembers what the latest texts were read as: on its way through transport, transaction and dialog one field of a message is asked for
 * four times and more. What is read must not be changed, as all who ask get the same.
 */
export function remembered<Read>(read: (text: string) => Read): (text: string) => Read {
  const known = new Map<string, Read>();
  return (text) => {
    let value = known.get(text);
    if (value !== undefined || known.has(text)) return value as Read;
    value = read(text);
    if (known.size >= MOST) known.clear();
    known.set(text, value);
    return value;
  };
}
