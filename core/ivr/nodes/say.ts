import { flag, optional, target, withDefault } from '../field.ts';
import { nodeType } from '../node-type.ts';
import { mannerFields, spokenText } from '../prompt.ts';
import { announce, heard } from '../announcement.ts';

export const say = nodeType({
  name: 'say',
  summary: 'Speaks a text, with variables in it such as ${name}, ${number:digits}, ${day:date}, ${when:time} or ${sum:amount EUR}.',
  fields: { text: spokenText, ...mannerFields, bargeIn: withDefault(flag, true), next: target, error: optional(target) },
  waits: true,
  enter: ({ text, language, voice, rate }, run) => announce([{ say: text, language, voice, rate }], run),
  on: heard,
});
