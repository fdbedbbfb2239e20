import { bringImage, MAX_IMAGE_BYTES } from '@parley/contract/widget/image.ts';
import { widgetErrors as errors } from '@parley/contract/widget/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { readJpeg } from '@parley/core/image/jpeg.ts';
import { readBase64 } from '@parley/core/voice/base64.ts';
import { createRateLimit } from '../../security/rate-limit.ts';
import type { Keeping } from './keeping.ts';
import type { ImageRequestBook } from './requests.ts';

export interface BringDependencies {
  readonly requests: Pick<ImageRequestBook, 'isOpen' | 'take'>;
  readonly keeping: Keeping;
  /** Whether pages of this origin may ask for call tokens. */
  readonly isWidgetOrigin: (origin: string) => Promise<boolean>;
}

const MINUTE_MS = 60_000;
const PER_ADDRESS = 60;

const invalid = (message: string): Refusal => refuse(errors.invalid, { field: 'image', message: `image: ${message}` });

/** The picture, if it is one. */
function readImage(text: string | undefined): Uint8Array | Refusal {
  if (text === undefined) return invalid('it is missing');
  const reading = readBase64(text);
  if (!reading.ok) return invalid(reading.message);
  if (reading.bytes.length > MAX_IMAGE_BYTES) return invalid(`it has more than ${MAX_IMAGE_BYTES} bytes`);
  const jpeg = readJpeg(reading.bytes);
  return jpeg.ok ? reading.bytes : invalid(jpeg.message);
}

export function bringHandlers({ requests, keeping, isWidgetOrigin }: BringDependencies): readonly Handler[] {
  const byAddress = createRateLimit(PER_ADDRESS, MINUTE_MS);
  // One answer for all: what tokens there are, or were, is nobody's business.
  const unknown = refuse(errors.forbidden, { field: 'token', message: 'no picture is awaited by this token' });

  return [
    handle(bringImage, async ({ token, refused = false, image }, { source, now, requestHeader, header }) => {
      header('Vary', 'Origin');
      header('Cache-Control', 'no-store');
      if (!byAddress.take(source, now)) {
        header('Retry-After', '60');
        return refuse(errors.tooMany);
      }
      const origin = requestHeader('origin');
      if (origin !== undefined && await isWidgetOrigin(origin)) header('Access-Control-Allow-Origin', origin);
      if (!requests.isOpen(token)) return unknown;
      const jpeg = refused ? undefined : readImage(image);
      if (jpeg !== undefined && 'refused' in jpeg) return jpeg;
      const request = requests.take(token);
      if (request === undefined) return unknown;
      const isWanted = await (jpeg === undefined ? keeping.refuse(request) : keeping.bring(request, jpeg));
      return isWanted ? {} : unknown;
    }),
  ];
}
