import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { chatMessage, mediaCallErrors as errors } from '@parley/contract/gateway/media-call.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { readJson, writeJson } from '@parley/contract/wire/json.ts';
import { isFile, MAX_MESSAGE_BYTES, messageBytes, otherFileTypes } from '@parley/core/chat/message.ts';
import type { Message } from '../../engine/messages.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What an agent has written, as far as the agent's program says it. */
export type Draft = Pick<Message, 'mediaType' | 'content' | 'fileType' | 'isFromLibrary' | 'code' | 'nickname' | 'avatar'>;

const MAX_DEPTH = 16;
const wrong = (field: string, message: string): Refusal => refuse(gatewayErrors.invalid, { field: `data.${field}`, message: `data.${field} ${message}` });

/** Text that is JSON holds a message of Table 6-255; any other is what the customer shall read. */
function fieldsIn(text: string): Fields | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const reading = readJson(text, { maxDepth: MAX_DEPTH });
  return reading.ok ? reading.value as Fields : undefined;
}

/** A scalar as text; empty where there is none. */
function textIn(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : undefined;
}

const isMandatory = (name: string): boolean => chatMessage.required.some((required) => required === name);

/** Escapes within the text are not seen where requests are read: channels can store neither NUL nor half a character. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function draftFrom(fields: Fields): Draft | Refusal {
  const read: Record<string, string> = {};
  for (const [name, schema] of Object.entries(chatMessage.properties)) {
    const text = textIn(fields[name]);
    if (text === undefined) return wrong(name, 'must be text');
    if (!isStorable(text)) return wrong(name, 'must be Unicode text without NUL characters');
    if (text.trim() === '') {
      if (isMandatory(name)) return refuse(errors.mediaFieldMissing, { field: `data.${name}` });
      continue;
    }
    const allowed = 'enum' in schema ? schema.enum as readonly string[] : undefined;
    if (allowed?.includes(text) === false) return wrong(name, `must be one of ${allowed.join(', ')}`);
    read[name] = text;
  }
  const { mediaType = '', mediaFileType: fileType, content = '', contentType = '0', messageCode: code, senderNickname: nickname = '', senderAvatar: avatar = '' } = read;
  const others = fileType === undefined ? undefined : otherFileTypes(mediaType, fileType);
  if (others !== undefined) return wrong('mediaFileType', `must be one of ${others.join(', ')} for ${mediaType}`);
  return { mediaType, content, fileType: isFile(mediaType) ? fileType : undefined, isFromLibrary: isFile(mediaType) && contentType === '0', code, nickname, avatar };
}

/** `data` of 6.1.5.1: there, not too long, and a whole message. */
export function draftOf(data: string | Fields = ''): Draft | Refusal {
  const text = typeof data === 'string' ? data : writeJson(data);
  if (text.trim() === '' || text === '{}') return refuse(errors.messageEmpty);
  if (messageBytes(text) > MAX_MESSAGE_BYTES) return refuse(errors.messageTooLong, { limit: MAX_MESSAGE_BYTES });
  const fields = typeof data === 'string' ? fieldsIn(data) : data;
  return fields === undefined
    ? { mediaType: 'TEXT', content: text, fileType: undefined, isFromLibrary: false, code: undefined, nickname: '', avatar: '' }
    : draftFrom(fields);
}
