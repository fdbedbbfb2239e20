import type { TProperties } from 'typebox';
import { nothing, object, oneOf, text, word } from '../schema.ts';
import { VERSION } from './family.ts';

/* What the operations of 13.2 have in common. */

export const CCFS = '/CCFS/resource/ccfs';

/** Every request says so in front. */
export const request = object({ version: oneOf([VERSION], `Version of the interface: \`${VERSION}\`.`) }, 'Head of the request.');

/** What is asked stands behind the head. */
export const asking = <P extends TProperties>(msgBody: P) => object({ request, msgBody: object(msgBody, 'What is asked.') });

export const clock = (description: string) => word(`${description} Form \`yyyy-MM-dd HH:mm:ss\`.`, { max: 32 });

/** A reply that is no file is one that tells why there is none. */
export const file = {
  result: nothing,
  replyMedia: 'application/octet-stream',
  replyHeaders: { 'Content-Disposition': 'The name of the file.' },
} as const;

export const ranged = {
  ...file,
  replyHeaders: { ...file.replyHeaders, 'Content-Range': 'Which part it is, where a part was asked for by `Range`.' },
  requestHeaders: { Range: 'One range of bytes, to be sent alone (RFC 9110, 14).' },
} as const;

export const callId = (description: string) => text(description, { max: 25 });
