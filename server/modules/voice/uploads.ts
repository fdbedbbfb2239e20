import { createVoiceTemplate, importVoiceFileUpload, MAX_VOICE_FILE_BYTES, voiceErrors as errors } from '@parley/contract/configuration/voice.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { readBase64 } from '@parley/core/voice/base64.ts';
import { readTemplate } from '@parley/core/voice/template.ts';
import type { Database } from '../../database/connect.ts';
import type { Files } from '../../engine/files.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Trustlist } from '../callback/index.ts';
import { shownInTrail } from './present.ts';
import { insertVoiceFile, insertVoiceTemplate, type Review, type VoiceFile, type VoiceTemplate } from './store.ts';

/** Turns an uploaded file into a WAV file of 8 kHz, A-law, mono (5.4.4); the reason of a refusal is a sentence. */
export type Transcode = (file: Uint8Array, type: 'wav' | 'mp3') => Promise<
  | { readonly ok: true; readonly wav: Uint8Array; readonly durationMs: number }
  | { readonly ok: false; readonly reason: string }
>;

export interface UploadDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly files: Files;
  readonly transcode: Transcode;
  readonly trustlist: Trustlist;
}

/** 5.4.5: the voice that speaks unless told otherwise, and which the example calls by another name. */
const DEFAULT_VOICE = 'cn_kefuman_common';

const waiting = (callbackUrl: string | undefined, createdAt: number): Review => ({
  status: 'waiting', comment: null, decidedBy: null, decidedAt: null, callbackUrl: callbackUrl ?? null, callbackState: 'none', callbackAttempts: 0, createdAt,
});

/** Files and templates as they come in; both then wait for their review. */
export function uploadHandlers({ db, writer, ids, files, transcode, trustlist }: UploadDependencies): readonly Handler[] {
  const refuseUntrusted = async (vdnId: number, url: string | undefined): Promise<Refusal | undefined> =>
    url === undefined || await trustlist.trusts(db, vdnId, url) ? undefined : refuse(errors.voiceCallbackUntrusted, { url });

  return [
    handle(importVoiceFileUpload, async (input, { vdnId, by }) => {
      const callbackUrl = unlessEmpty(input.callbackUrl);
      const untrusted = await refuseUntrusted(vdnId, callbackUrl);
      if (untrusted !== undefined) return untrusted;
      const reading = readBase64(input.fileInfo);
      if (!reading.ok) return refuse(errors.voiceFileInfo, { message: reading.message });
      if (reading.bytes.length > MAX_VOICE_FILE_BYTES) return refuse(errors.voiceFileTooLarge, { limit: MAX_VOICE_FILE_BYTES });
      const sound = await transcode(reading.bytes, input.fileType.toLowerCase() === 'mp3' ? 'mp3' : 'wav');
      if (!sound.ok) return refuse(errors.voiceFileUnusable, { message: sound.reason });

      const id = ids.next();
      const fileKey = `voice/${vdnId}/${id}.wav`;
      await files.put(fileKey, sound.wav);
      try {
        return await writer.write(vdnId, by, async ({ tx, at, record }) => {
          const file: VoiceFile = {
            id, name: unlessEmpty(input.voiceFileName) ?? `voice${id}`, locale: input.locale, voiceType: input.voiceType, durationMs: sound.durationMs, fileKey,
            ...waiting(callbackUrl, at),
          };
          await insertVoiceFile(tx, vdnId, file);
          record({ what: 'voice-file', id, before: null, after: shownInTrail(file) });
          return { fileId: id };
        });
      } catch (error) {
        await files.remove(fileKey);
        throw error;
      }
    }),

    handle(createVoiceTemplate, async (input, { vdnId, by }) => {
      const { textcontent: content, language } = input.voicecontent;
      const reading = readTemplate(content);
      if (!reading.ok) return refuse(errors.voiceTemplateText, { message: reading.message });
      const callbackUrl = unlessEmpty(input.callbackUrl);
      const untrusted = await refuseUntrusted(vdnId, callbackUrl);
      if (untrusted !== undefined) return untrusted;
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        const voice = input.voicename ?? DEFAULT_VOICE;
        const template: VoiceTemplate = {
          id: ids.next(), name: input.name, scene: input.scene ?? '3', speed: input.speed ?? 0, volume: input.volume ?? 50,
          voice: voice === 'cn_kefuman_cn' ? DEFAULT_VOICE : voice, language, content, ...waiting(callbackUrl, at),
        };
        await insertVoiceTemplate(tx, vdnId, template);
        record({ what: 'voice-template', id: template.id, before: null, after: shownInTrail(template) });
        return { templateId: template.id };
      });
    }),
  ];
}

const unlessEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
