/** A pattern in which `*` and `%` stand for anything and `?` for one character, as LIKE has it. */
export const wild = (pattern: string): string => pattern.replace(/[\\_]/g, '\\$&').replaceAll('*', '%').replaceAll('?', '_');

/** A pattern that finds the text anywhere, with what LIKE takes for wildcards taken literally. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
