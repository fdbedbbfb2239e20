import type { Outgoing } from '../../engine/outgoing.ts';
import { createPlaces } from './places.ts';
import { failed, type Synthesizer } from './synthesizer.ts';

export interface HttpSpeechOptions {
  /** Where texts are posted to; the manner is added to its query. */
  readonly url: string;
  readonly outgoing: Outgoing;
  /** Sent as the bearer's. */
  readonly key?: string;
  readonly atOnce?: number;
  readonly maxWaiting?: number;
  readonly deadlineMs?: number;
}

const MAX_BYTES = 40 * 1024 * 1024;

/** A speech service: the text is posted as plain UTF-8, `language`, `voice` and `rate` stand in the query, and audio/wav comes back. */
export function createHttpSpeech({ url, outgoing, key, atOnce = 8, maxWaiting = 200, deadlineMs = 10_000 }: HttpSpeechOptions): Synthesizer {
  const places = createPlaces(atOnce, maxWaiting);
  const address = URL.parse(url);
  return {
    name: `http:${url}`,
    hint: () => Promise.resolve(address === null ? `The speech service's address ${url} is no URL.` : undefined),
    close: () => undefined,
    synthesize: async ({ text, language, voice, rate }) => {
      if (address === null) return failed('noSpeech', 'the address of the speech service is no URL');
      const target = new URL(address);
      target.searchParams.set('language', language);
      if (voice !== undefined) target.searchParams.set('voice', voice);
      target.searchParams.set('rate', String(rate));
      const sending = places.take(() => outgoing.send({
        url: target.href, method: 'POST', body: text, deadlineMs, bytes: { max: MAX_BYTES },
        headers: { 'content-type': 'text/plain; charset=utf-8', accept: 'audio/wav', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      }));
      if (sending === undefined) return failed('busy', 'too many texts wait to be spoken');
      const reply = await sending;
      if (!reply.ok) return failed(reply.why === 'timeout' ? 'timeout' : 'failed', reply.message);
      if (reply.status === 429 || reply.status === 503) return failed('busy', `the speech service answered HTTP ${reply.status}`);
      if (reply.status !== 200 || reply.bytes === undefined) return failed('failed', `the speech service answered HTTP ${reply.status}`);
      return { ok: true, wav: reply.bytes };
    },
  };
}
