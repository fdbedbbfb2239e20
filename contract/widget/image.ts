import { operation } from '../operation.ts';
import { flag, nothing, object, optional, text, word } from '../schema.ts';
import { WIDGET, widget, widgetErrors as errors } from './family.ts';

/** Of a picture, when decoded. */
export const MAX_IMAGE_BYTES = 1024 * 1024;
/** Base64 makes four characters of three bytes, and lines of 76 characters add their ends. */
const MAX_TEXT = Math.ceil(MAX_IMAGE_BYTES * 4 / 3 * 78 / 76) + 4;

export const bringImage = operation({
  id: 'bringImage', family: widget, tag: 'Calls from web pages',
  method: 'POST', path: `${WIDGET}/images`, auth: 'none',
  summary: 'Bring the picture of a customer that the page was asked for',
  description: 'While the customer talks, the agent may ask for a picture (6.1.5.5). The page is told within its call, by an INFO of the type `application/vnd.parley.image-request+json` whose body has '
    + '`path`, `token`, `expiresAt` and `maxBytes`, and brings it here, or that the customer does not want to. A token is good for one picture, within half a minute; a picture that is '
    + 'refused with `invalid` uses nothing up.',
  maxBodyBytes: MAX_TEXT + 4096,
  request: {
    body: object({
      token: word('Token of the INFO.', { max: 64 }),
      refused: optional(flag('Whether the customer does not want to. The agent is told.')),
      image: optional(text(`The picture in Base64: a JPEG of up to 1 MB and 4096 by 4096 pixels. Without \`refused\` it must be there.`, { max: MAX_TEXT })),
    }),
  },
  requestHeaders: { Origin: 'Set by the browser.' },
  replyHeaders: { 'Access-Control-Allow-Origin': 'The page\'s origin, where a widget key names it.' },
  result: nothing,
  errors: [errors.forbidden, errors.tooMany],
  examples: [
    { request: { token: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz', image: '/9j/2wBDAAEBAQEBAQ...' }, response: {} },
    { request: { token: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz', refused: true }, response: {} },
  ],
});
