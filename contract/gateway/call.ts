import { integer, integerOf, text } from '../schema.ts';
import { sessionErrors } from './errors.ts';

/** What the operations on calls (6.1.2) and on their data (6.1.3) have in common. */
export const VOICE_CALL = '/agentgateway/resource/voicecall/{agentid}';
export const CALL_DATA = '/agentgateway/resource/calldata/{agentid}';

export const callId = text('Id of the call, such as 1455885056-1095.', { min: 1, max: 25 });

/** Desktops leave such a field out, send it empty, or fill it in. */
export const someCallId = (description: string) => text(description, { max: 25 });

export const newCallId = text('Id of the new call, by which its events name it.', { max: 25 });

/** 16 KB is meant in bytes, which the length of a text only bounds. */
export const callAppData = text('Data to go with the call: at most 16 KB, in UTF-8. Empty or absent leaves them as they are.', { max: 16_384 });

export const callerNumber = text('Number to show to the called party, at most 24 digits; empty means the platform\'s own.', { max: 24, pattern: '^\\d*$' });

/** Desktops whose language has no absent numbers send 0. */
export const callSkill = integer('Id of the skill queue that the call counts for; 0 or absent means the default.', { min: 0 });

export const mediaWanted = integerOf([0, 1, 2], '0 voice (unless told), 1 video, 2 whatever both ends can do.');

/** `#` must come as `%23`. */
export const KEYS = '^[0-9*#]{1,24}$';

/** 100-006, and 100-007 for what no other code of the section tells. */
export const callErrors = [sessionErrors.notSignedIn, sessionErrors.failed] as const;
