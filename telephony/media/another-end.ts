import type { NegotiatedEnd } from './end.ts';
import { refused, type MediaAnswer, type MediaOrder } from './order.ts';
import type { SwitchboardDependencies } from './switchboard.ts';

/** Opens a far end for a leg that has one: it is agreed on with it first, so that the former stands where that fails. */
export async function openAnother(
  { carrier, codecs, sdp }: Extract<MediaOrder, { kind: 'reopen' }>, openEnd: SwitchboardDependencies['openEnd'],
): Promise<{ readonly end: NegotiatedEnd | undefined; readonly answer: MediaAnswer }> {
  const end = await openEnd(carrier, codecs);
  if (end === undefined) return { end, answer: refused('noPorts') };
  try {
    if (sdp === undefined) return { end, answer: { ok: true, sdp: await end.offer() } };
    const answered = await end.answer(sdp);
    if (answered.ok) return { end, answer: { ok: true, sdp: answered.sdp } };
    end.close();
    return { end: undefined, answer: refused('notAcceptable', answered.message) };
  } catch (error) {
    end.close();
    throw error;
  }
}
