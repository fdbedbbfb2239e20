/*
 * What the server says stands on the wire in English, made of templates with values in `{}`. Another language knows the same
 * templates in its own words: a text is matched by its template, and told by it with the values that it carries.
 */

/** Templates of the server, and the same in another language. A full stop at the end is left away in both. */
export type Templates = Readonly<Record<string, string>>;

export interface Tongue {
  readonly refusals: Templates;
  /** What refusals carry, and whatever else is told in sentences. Looked for behind the refusals, which are never inside of one. */
  readonly sentences: Templates;
  /** What these placeholders stand for, which are followed by a name: nobody could tell otherwise where that begins. */
  readonly nouns: { readonly placeholders: readonly string[]; readonly templates: Templates };
  /**
   * Placeholders whose values are the server's words too, with those that come one by one; what is none of them is told as a
   * text. All others carry names, numbers and what people have written, which nobody translates.
   */
  readonly words: Readonly<Record<string, Templates>>;
}

export type Telling = (text: string) => string;

const PLACEHOLDER = /\{(\w+)\}/;
const EVERY_PLACEHOLDER = new RegExp(PLACEHOLDER, 'g');
const FIELD = String.raw`[\w.[\]-]+`;
const ANYTHING = '.*?';
/** What begins a sentence does not reach beyond what introduces it. */
const BEGINNING = '(?:(?![:;] ).)*?';

const stopless = (template: string): string => template.replace(/\.$/, '');
const literalsOf = (template: string): readonly string[] => stopless(template).split(/\{\w+\}/);
const weightOf = (template: string): number => literalsOf(template).join('').length;
const escaped = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** The template as a pattern, with what `placeholder` says in the place of each. */
const patternOf = (template: string, placeholder: (name: string, isFirst: boolean) => string): string =>
  stopless(template).split(PLACEHOLDER).map((part, index, [beginning]) => (index % 2 === 0 ? escaped(part) : placeholder(part, index === 1 && beginning === ''))).join('');

/** What says most of its own is most specific, and comes first. */
const inOrder = (templates: Templates): readonly (readonly [string, string])[] =>
  Object.entries(templates).toSorted(([one], [other]) => weightOf(other) - weightOf(one));

export function tellingOf({ refusals, sentences, nouns, words }: Tongue): Telling {
  const noun = inOrder(nouns.templates).map(([template]) => patternOf(template, () => ANYTHING)).join('|');
  const shapes: Readonly<Record<string, string>> = { field: FIELD, ...Object.fromEntries(nouns.placeholders.map((name) => [name, noun])) };
  const read = (templates: Templates) => inOrder(templates).map(([template, told]) => ({
    pattern: new RegExp(`^${patternOf(template, (name, isFirst) => `(${shapes[name] ?? (isFirst ? BEGINNING : ANYTHING)})`)}\\.?$`, 'is'),
    names: Array.from(template.matchAll(EVERY_PLACEHOLDER), ([, name = '']) => name),
    // Most templates are ruled out by these, which is five times as fast as asking all patterns.
    literals: literalsOf(template.toLowerCase()),
    saysSomething: /\p{L}/u.test(literalsOf(template).join('')),
    told,
  }));
  const ofTexts = [...read(refusals), ...read(sentences)];
  const ofNouns = read(nouns.templates);

  const tellValue = (name: string, value: string): string => {
    if (nouns.placeholders.includes(name)) return tellBy(ofNouns, value);
    const own = words[name];
    return own === undefined ? value : own[value] ?? tell(value);
  };

  function tellBy(templates: typeof ofTexts, text: string): string {
    const lower = text.toLowerCase();
    for (const { pattern, literals, names, saysSomething, told } of templates) {
      const values = literals.every((literal) => lower.includes(literal)) ? pattern.exec(text)?.slice(1) : undefined;
      if (values === undefined) continue;
      const toldValues = new Map(names.map((name, index) => [name, tellValue(name, values[index] ?? '')]));
      // What only joins other texts, such as "{message}; {rest}", is nothing without one of them.
      if (!saysSomething && names.every((name, index) => toldValues.get(name) === values[index])) continue;
      return told.replace(EVERY_PLACEHOLDER, (whole, name: string) => toldValues.get(name) ?? whole);
    }
    return text;
  }
  const tell: Telling = (text) => tellBy(ofTexts, text);
  return tell;
}
