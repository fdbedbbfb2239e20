import { locales, VOICE_TYPE, voiceTypes } from '../configuration/voice.ts';
import { operation } from '../operation.ts';
import { integer, list, longId, nothing, nullable, object, oneOf, optional, text, timestamp } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const FILES = `${ADMIN}/voice-files`;
const TEMPLATES = `${ADMIN}/voice-templates`;

export const reviewStatuses = ['waiting', 'approved', 'rejected'] as const;

const review = {
  status: oneOf(reviewStatuses, 'Where its review stands.'),
  comment: nullable(text('What the reviewer said.')),
  decidedBy: nullable(text('Who reviewed it; null while it waits.')),
  decidedAt: nullable(timestamp('When it was reviewed; null while it waits.')),
  callbackUrl: nullable(text('Where the outcome is told; null for nowhere.')),
  callbackState: oneOf(['none', 'pending', 'delivered', 'given-up'], 'none: there is nothing to tell, or not yet; given-up: told six times in vain.'),
  callbackAttempts: integer('How often telling it was tried.'),
  createdAt: timestamp('When it was uploaded.'),
};

const voiceFile = object({
  id: longId('Id of the voice file.'),
  name: text('Name of the voice.'),
  locale: oneOf(locales, 'Language of what is said.'),
  voiceType: oneOf(voiceTypes, VOICE_TYPE),
  durationMs: integer('How long it is, in milliseconds.'),
  ...review,
}, 'A voice file.');

const voiceTemplate = object({
  id: longId('Id of the template.'),
  name: text('Name of the template.'),
  scene: text('What it is for: 3 voice notification.'),
  speed: integer('How fast it is spoken.'),
  volume: integer('How loud it is spoken.'),
  voice: text('Who speaks.'),
  language: oneOf(locales, 'Language of the text.'),
  content: text('The text with its variables.'),
  ...review,
}, 'A template for spoken notifications.');

const query = object({
  status: optional(oneOf(reviewStatuses, 'Only those whose review stands so.')),
  olderThan: optional(longId('Only those uploaded before this one: `next` of the page before.')),
  limit: optional(integer('How many to answer; 50 unless told.', { min: 1, max: 500 })),
});
const next = optional(longId('Send it as `olderThan` for the next page; absent on the last.'));

const decision = object({
  decision: oneOf(['approve', 'reject'], 'The decision; it is final.'),
  comment: optional(text('What to say of it.', { max: 500 })),
});

/** Ends in `.wav`, as 5.4.4 promises of the address that review callbacks tell. */
export const VOICE_FILE_SOUND = `${FILES}/{id}/audio.wav`;

const DECIDING = 'A decision is final. Where the upload named a URL, the outcome is told there until it is received, six times at most; '
  + '`callbackState` shows how that goes.';

const filePath = object({ id: longId('Id of the voice file.') });
const templatePath = object({ id: longId('Id of the template.') });

const waiting = {
  status: 'waiting', comment: null, decidedBy: null, decidedAt: null, callbackUrl: 'https://crm.example.com/upload', callbackState: 'none', callbackAttempts: 0,
  createdAt: 1_666_706_957_559,
};
const approved = { ...waiting, status: 'approved', comment: 'Approved', decidedBy: 'user:ann', decidedAt: 1_666_706_999_000, callbackState: 'pending' };
const fileExample = { id: '1323606152730207249', name: 'Welcome1', locale: 'en_US', voiceType: '0', durationMs: 2500 };
const templateExample = {
  id: '1249756280719641601', name: 'ctest1', scene: '3', speed: 50, volume: 0, voice: 'cn_kefuman_common', language: 'en_US', content: 'test',
};

export const listVoiceFiles = operation({
  id: 'listVoiceFiles', family: admin, tag: 'Voice files',
  method: 'GET', path: FILES, auth: 'session', permission: 'tenant.read',
  summary: 'List voice files',
  request: { query },
  result: object({ files: list(voiceFile, 'The voice files, newest first.'), next }),
  examples: [{ request: { status: 'waiting' }, response: { files: [{ ...fileExample, ...waiting }] } }],
});

export const showVoiceFile = operation({
  id: 'showVoiceFile', family: admin, tag: 'Voice files',
  method: 'GET', path: `${FILES}/{id}`, auth: 'session', permission: 'tenant.read',
  summary: 'Show a voice file',
  request: { path: filePath },
  result: voiceFile,
  errors: [errors.notFound],
  examples: [{ request: { id: fileExample.id }, response: { ...fileExample, ...waiting } }],
});

export const downloadVoiceFile = operation({
  id: 'downloadVoiceFile', family: admin, tag: 'Voice files',
  method: 'GET', path: `${FILES}/{id}/audio`, aliases: [VOICE_FILE_SOUND], auth: 'session', permission: 'tenant.read',
  summary: 'Download the sound of a voice file',
  description: 'Answers a WAV file: A-law, 8 kHz, 8 bits, one channel. Its address, ending in `.wav`, is the `fileUrl` that review callbacks tell (5.4.4).',
  request: { path: filePath },
  result: nothing,
  replyMedia: 'audio/wav',
  errors: [errors.notFound],
  examples: [{ request: { id: fileExample.id } }],
});

export const reviewVoiceFile = operation({
  id: 'reviewVoiceFile', family: admin, tag: 'Voice files',
  method: 'POST', path: `${FILES}/{id}/review`, auth: 'session', permission: 'tenant.write',
  summary: 'Approve or reject a voice file',
  description: DECIDING,
  request: { path: filePath, body: decision },
  result: voiceFile,
  errors: [errors.notFound, errors.conflict],
  examples: [{ request: { id: fileExample.id, decision: 'approve', comment: 'Approved' }, response: { ...fileExample, ...approved } }],
});

export const listVoiceTemplates = operation({
  id: 'listVoiceTemplates', family: admin, tag: 'Voice files',
  method: 'GET', path: TEMPLATES, auth: 'session', permission: 'tenant.read',
  summary: 'List templates for spoken notifications',
  request: { query },
  result: object({ templates: list(voiceTemplate, 'The templates, newest first.'), next }),
  examples: [{ request: { status: 'waiting' }, response: { templates: [{ ...templateExample, ...waiting }] } }],
});

export const showVoiceTemplate = operation({
  id: 'showVoiceTemplate', family: admin, tag: 'Voice files',
  method: 'GET', path: `${TEMPLATES}/{id}`, auth: 'session', permission: 'tenant.read',
  summary: 'Show a template for spoken notifications',
  description: 'Its address is the `fileUrl` that review callbacks tell (5.4.5).',
  request: { path: templatePath },
  result: voiceTemplate,
  errors: [errors.notFound],
  examples: [{ request: { id: templateExample.id }, response: { ...templateExample, ...waiting } }],
});

export const reviewVoiceTemplate = operation({
  id: 'reviewVoiceTemplate', family: admin, tag: 'Voice files',
  method: 'POST', path: `${TEMPLATES}/{id}/review`, auth: 'session', permission: 'tenant.write',
  summary: 'Approve or reject a template for spoken notifications',
  description: DECIDING,
  request: { path: templatePath, body: decision },
  result: voiceTemplate,
  errors: [errors.notFound, errors.conflict],
  examples: [{ request: { id: templateExample.id, decision: 'approve', comment: 'Approved' }, response: { ...templateExample, ...approved } }],
});
