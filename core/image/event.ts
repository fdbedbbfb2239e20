import type { Personal } from '../call/event.ts';
import type { VoiceLeg } from '../voice/order.ts';

/** What came of it (6.5.1.9.3): the customer may not want to be in a picture. */
export type ImageOutcome = 'taken' | 'refused' | 'failed';

/** Which picture an event is about: of whom, in which call, and who wants it. */
interface Of<Type extends string> {
  readonly type: Type;
  readonly image: string;
  readonly call: string;
  readonly agent: number;
  readonly leg: VoiceLeg;
  /** What it is called where it is kept. */
  readonly path: string;
}

export type ImageEvent =
  /** 6.1.5.5: the customer's page is asked for a picture of the customer. */
  | Of<'ImageAsked'>
  /** It is kept, or there is none. `erase`: it names a subject of an erasure (5.1.13), so nothing is kept of it. */
  | Of<'ImageCaptured'> & { readonly outcome: ImageOutcome; readonly erase?: boolean; readonly personal?: Personal };
