import { randomBytes, randomUUID } from 'node:crypto';
import { ccfsErrors as errors } from '@parley/contract/ccfs/family.ts';
import { ccfsGetRecordFileUrl, ccfsPlayVoice, ccfsRequestPlayVoice, sharedRecording } from '@parley/contract/ccfs/recording.ts';
import { asDownload, handle, type Download, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import { readOriginalName } from '@parley/core/export/path.ts';
import { isWindow, readWindow } from '@parley/core/export/window.ts';
import type { Database } from '../../database/connect.ts';
import type { Files } from '../../engine/files.ts';
import type { Tokens } from '../access/index.ts';
import { DOWNLOAD_TYPE, refuseWindow } from '../export/index.ts';
import type { Tenants } from '../tenant/index.ts';
import { refusePath } from './path-refusal.ts';
import type { RecordingShareDependencies } from './recording-operations.ts';
import { nameOf, openSound, type Recorded } from './shelf.ts';
import { insertCopy, renewCopy } from './store.ts';
import type { Tickets } from './ticket.ts';

export interface ListeningDependencies extends RecordingShareDependencies {
  readonly db: Database;
  readonly clock: () => number;
  readonly tenants: Pick<Tenants, 'find'>;
  readonly tokens: Pick<Tokens, 'issue' | 'find'>;
  readonly tickets: Tickets;
  readonly files: Files;
  readonly onFault: (message: string, details: object) => void;
  /** Where whoever has a URL of ours finds us. */
  readonly service: { readonly host: string; readonly port: number };
}

const HOUR_MS = 3_600_000;
const URL_LIFE_MS = 8 * HOUR_MS;
const TOKEN_LIFE_MS = HOUR_MS / 2;
/** More recordings than a call has. */
const MOST_URLS = 100;
const BETWEEN_URLS = ';';

/** Recordings for whoever has a token or a URL. */
export function listeningHandlers({ db, clock, recordings, shelf, whose, flow, settled, tenants, tokens, tickets, files, onFault, service }: ListeningDependencies): readonly Handler[] {
  const origin = `https://${service.host.includes(':') ? `[${service.host}]` : service.host}:${service.port}`;

  /** It may have been erased, and the tenant switched off, since somebody was let in. */
  const play = async ({ vdnId, file }: Recorded): Promise<Download | Refusal> => {
    const isThere = (await tenants.find(vdnId))?.enabled === true && (await shelf.recorded(vdnId, [file])).length > 0;
    const bytes = isThere ? await openSound(recordings, file, errors.noRecording) : refuse(errors.noRecording);
    return isRefusal(bytes) ? bytes : asDownload({ bytes, mediaType: DOWNLOAD_TYPE, fileName: nameOf({ file }) });
  };

  /** A store that hands out files itself is given a copy; else the file is had of us. */
  const urlOf = async (recorded: Recorded, share: Files['share']): Promise<string | Refusal> => {
    const { vdnId, file } = recorded;
    const expiresAt = clock() + URL_LIFE_MS;
    if (share === undefined) return `${origin}${sharedRecording.path}?ticket=${tickets.write(recorded, expiresAt)}`;
    const bytes = await openSound(recordings, file);
    if (isRefusal(bytes)) return bytes;
    try {
      let key = await renewCopy(db, vdnId, file, expiresAt);
      if (key === undefined) {
        key = `shared/${vdnId}/${randomUUID()}.wav`;
        // First the row, so that no copy is without one.
        await insertCopy(db, { vdnId, key }, file, expiresAt);
      }
      await files.putStream(key, bytes.read(0, bytes.size));
      return await share(key, URL_LIFE_MS, nameOf(recorded));
    } catch (error) {
      onFault('a recording could not be copied to where it is shared', { vdnId, error });
      return refuse(errors.notStored);
    }
  };

  return [
    handle(ccfsGetRecordFileUrl, async ({ callId, beginTime, endTime, version = '' }, context) => {
      if (!flow.download(context)) return refuse(errors.downloadFlow);
      if (recordings === undefined) return refuse(errors.noStore);
      const vdnIds = await whose.ofCall(context, '');
      await Promise.all(vdnIds.map(settled));
      const call = canonicalCallId(callId);
      // A key for all tenants asks in the time of the one whose call it is.
      const [known, ...others] = await shelf.ofCall(vdnIds, call);
      if (others.some((other) => other.vdnId !== known?.vdnId)) return refuse(errors.ambiguous);
      const vdnId = known?.vdnId ?? vdnIds[0];
      const zone = version === '' ? 'UTC' : (vdnId === undefined ? undefined : await tenants.find(vdnId))?.timeZone ?? 'UTC';
      // 13.2.1.1 forbids no future, and its example has one: there is nothing in it.
      const window = readWindow(zone, beginTime, endTime);
      if (!isWindow(window)) return refuseWindow(window);
      const found = known === undefined ? [] : await shelf.ofCall([known.vdnId], call, window);
      if (found.length === 0) return refuse(errors.noData);
      const urls: string[] = [];
      for (const recorded of found.slice(0, MOST_URLS)) {
        const url = await urlOf(recorded, files.share);
        if (isRefusal(url)) return url;
        urls.push(url);
      }
      return { url: urls.join(BETWEEN_URLS) };
    }),

    handle(sharedRecording, async ({ ticket = '' }, { now }) => {
      if (ticket === '') return refuse(errors.emptyParameter, { param: 'ticket' });
      const recorded = tickets.read(ticket, now);
      return recorded === undefined ? refuse(errors.wrongParameter, { param: 'ticket', message: 'it is none, or has run out' }) : play(recorded);
    }),

    handle(ccfsRequestPlayVoice, async ({ msgBody: { fileName } }, context) => {
      if (!flow.query(context)) return refuse(errors.queryFlow);
      const named = readOriginalName(fileName);
      if (!named.ok) return refusePath(named, 'fileName', errors.noData);
      const tenant = await whose.byVdn(context, named.vdnId);
      if (isRefusal(tenant)) return tenant;
      const { vdnId } = tenant;
      await settled(vdnId);
      if ((await shelf.recorded(vdnId, [named.file])).length === 0) return refuse(errors.noRecording);
      const text = randomBytes(16).toString('hex').toUpperCase();
      return { token: await tokens.issue({ vdnId, kind: 'play', subject: named.file, lifeMs: TOKEN_LIFE_MS, text }) };
    }),

    handle(ccfsPlayVoice, async ({ st = '' }, { now }) => {
      if (st === '') return refuse(errors.emptyParameter, { param: 'token' });
      const token = await tokens.find(st);
      const isGood = token?.kind === 'play' && token.expiresAt > now;
      return isGood ? play({ vdnId: token.vdnId, file: token.subject }) : refuse(errors.wrongParameter, { param: 'token', message: 'it is none, or has run out' });
    }),
  ];
}
