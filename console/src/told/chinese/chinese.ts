import { tellingOf } from '../tongue.ts';
import { configuration } from './configuration.ts';
import { floor } from './floor.ts';
import { flows } from './flows.ts';
import { chats, conferences, gateway, recordings } from './gateway.ts';
import { sentences } from './sentences.ts';
import { standard } from './standard.ts';
import { story } from './story.ts';
import { validation } from './validation.ts';
import { nouns, words } from './words.ts';

/** What the server says, in Chinese. */
export const tellInChinese = tellingOf({
  refusals: { ...standard, ...configuration, ...gateway, ...conferences, ...recordings, ...chats },
  sentences: { ...sentences, ...floor, ...validation, ...flows, ...story },
  nouns: { placeholders: ['what', 'target', 'route'], templates: nouns },
  words,
});
