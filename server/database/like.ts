/** A pattern that finds the text anywhere, with what LIKE takes for wildcards taken literally. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
