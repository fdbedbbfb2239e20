import { group, namedReference, optional, template, text, integer, withDefault, type Field } from './field.ts';
import { LIMITS } from './limits.ts';
import { isRecord, type Place } from './reading.ts';
import { LANGUAGE } from './spoken.ts';
import { hasVariables, render, renderSpoken, type Lookup, type Template } from './template.ts';

/** How texts are spoken where a text does not say. */
export interface Manner {
  readonly language: string;
  readonly voice: string | undefined;
  /** In hundredths of the usual speed. */
  readonly rate: number;
}

interface SpokenText {
  readonly say: Template;
  readonly language: string | undefined;
  readonly voice: string | undefined;
  readonly rate: number | undefined;
}

/** What the caller hears: files and texts, one after the other. */
export type Prompt = readonly ({ readonly play: string } | { readonly path: Template } | SpokenText)[];

/** A prompt, ready to be heard. */
export type Piece =
  | { readonly play: string }
  /** A file that another program has brought (13.2.1.13). */
  | { readonly path: string }
  /** `isPersonal`: values of the call are in it, so it must not be kept. */
  | { readonly say: string; readonly language: string; readonly voice?: string; readonly rate: number; readonly isPersonal: boolean };

export const language = text({ max: 6, pattern: LANGUAGE, form: 'a language such as en or en_US' });
export const voice = text({ max: 50, pattern: /^[\w+-]+$/, form: 'the name of a voice: letters, digits, +, - and _' });
export const rate = integer(50, 200);
export const spokenText = template(LIMITS.spoken, true);

export const mannerFields = { language: optional(language), voice: optional(voice), rate: optional(rate) };
export const flowManner = { language: withDefault(language, 'en_US'), voice: optional(voice), rate: withDefault(rate, 100) };

const played = group({ play: namedReference('voiceFile') });
const brought = group({ path: template(LIMITS.path) });
const said = group({ say: spokenText, ...mannerFields });

function readPiece(value: unknown, place: Place): Prompt[number] | undefined {
  if (typeof value === 'string') {
    const say = spokenText.read(value, place);
    return say && { say, language: undefined, voice: undefined, rate: undefined };
  }
  if (!isRecord(value)) return place.fault('must be a text to be spoken, {"play": a voice file}, {"path": a file of another program} or {"say": a text}');
  if ('path' in value) return brought.read(value, place);
  return 'play' in value ? played.read(value, place) : said.read(value, place);
}

const piece = { anyOf: [spokenText.schema, played.schema, brought.schema, said.schema] };

/** A text, a piece, or a list of pieces. */
export const prompt: Field<Prompt> = {
  isOptional: false,
  schema: { 'x-kind': 'prompt', anyOf: [...piece.anyOf, { type: 'array', items: piece, minItems: 1, maxItems: LIMITS.pieces }] },
  read: (value, place) => {
    if (!Array.isArray(value)) {
      const one = readPiece(value, place);
      return one && [one];
    }
    if (value.length === 0 || value.length > LIMITS.pieces) return place.fault(`must have 1 to ${LIMITS.pieces} pieces`);
    const pieces = value.map((item: unknown, index) => readPiece(item, place.inside(index)));
    return pieces.filter((one) => one !== undefined);
  },
};

/** With its variables filled in. What is too long to be spoken at once ends there. */
export function renderPrompt(of: Prompt, lookup: Lookup, manner: Manner): readonly Piece[] {
  return of.map((one) => {
    if ('play' in one) return one;
    if ('path' in one) return { path: render(one.path, lookup) };
    const inLanguage = one.language ?? manner.language;
    const voiceName = one.voice ?? manner.voice;
    return {
      say: renderSpoken(one.say, lookup, inLanguage).slice(0, LIMITS.spoken), language: inLanguage, ...(voiceName === undefined ? {} : { voice: voiceName }),
      rate: one.rate ?? manner.rate, isPersonal: hasVariables(one.say),
    };
  });
}
