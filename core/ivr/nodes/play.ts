import { flag, namedReference, optional, target, withDefault } from '../field.ts';
import { nodeType } from '../node-type.ts';
import { announce, heard } from '../announcement.ts';

export const play = nodeType({
  name: 'play',
  summary: 'Plays a voice file.',
  fields: { file: namedReference('voiceFile'), bargeIn: withDefault(flag, true), next: target, error: optional(target) },
  waits: true,
  enter: ({ file }, run) => announce([{ play: file }], run),
  on: heard,
});
