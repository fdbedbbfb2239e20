import type { Codec } from '../sdp/codec.ts';
import { H264, VP8 } from '../webrtc/picture.ts';
import type { NegotiatedEnd } from './end.ts';
import { refused, type MediaAnswer, type MediaOrder, type PictureCodec } from './order.ts';

/** Codecs of pictures, by the names that they have in orders. */
export const PICTURES: Readonly<Record<PictureCodec, Codec>> = { VP8, H264 };

function pictureOf(end: NegotiatedEnd): { readonly picture?: PictureCodec } {
  const name = end.video?.agreed()?.codec.name.toUpperCase();
  return name === 'VP8' || name === 'H264' ? { picture: name } : {};
}

/** Offers, answers and accepts at one end; `agreed` puts in force what came of it before that is told. */
export async function negotiate(end: NegotiatedEnd, order: Extract<MediaOrder, { kind: 'offer' | 'answer' | 'accept' }>, agreed: () => unknown): Promise<MediaAnswer> {
  switch (order.kind) {
    case 'offer':
      if (order.pictures !== undefined) end.video?.allow(order.pictures.map((name) => PICTURES[name]));
      return { ok: true, sdp: await end.offer() };
    case 'accept': {
      const accepted = await end.accept(order.sdp);
      if (!accepted.ok) return refused('notAcceptable', accepted.message);
      await agreed();
      return { ok: true, ...pictureOf(end) };
    }
    case 'answer': {
      const answered = await end.answer(order.sdp);
      if (!answered.ok) return refused('notAcceptable', answered.message);
      await agreed();
      return { ok: true, sdp: answered.sdp, ...pictureOf(end) };
    }
    default:
      return order satisfies never;
  }
}
