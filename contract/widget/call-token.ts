import { operation } from '../operation.ts';
import { list, object, optional, text, timestamp, word } from '../schema.ts';
import { WIDGET, widget, widgetErrors as errors } from './family.ts';

/** As browsers take it (RTCIceServer of WebRTC 1.0). */
const iceServer = object({
  urls: list(text('Such as `stun:stun.example.com:3478`.'), 'Where the server is.', { max: 20 }),
  username: optional(text('For TURN.')),
  credential: optional(text('For TURN.')),
}, 'A server that helps browsers through firewalls.');

export const createCallToken = operation({
  id: 'createCallToken', family: widget, tag: 'Calls from web pages',
  method: 'POST', path: `${WIDGET}/call-tokens`, auth: 'none',
  summary: 'Get a token for one call from a web page',
  description: 'For a page of one of the origins of the widget key, or of Parley itself, and for no other: the browser\'s `Origin` tells. The token is a SIP account that is good for '
    + 'one INVITE, to the address in `target`, by WebSocket, within a minute: register nothing, open `webSocketUrl` with the subprotocol `sip`, and call. '
    + 'So many calls a minute as the key allows, and 20 a minute from one address.',
  maxBodyBytes: 16 * 1024,
  request: {
    body: object({
      key: word('Id of the widget key.', { max: 64 }),
      accessCode: word('The number to call: one of those of the key.', { max: 64, pattern: '^[0-9*#+]+$' }),
      caller: optional(text('The customer\'s telephone number, as the page knows it. Nobody has verified it. `anonymous` unless given.', {
        max: 21, pattern: '^\\+?[0-9]{3,20}$',
      })),
    }),
  },
  requestHeaders: { Origin: 'Set by the browser.' },
  replyHeaders: { 'Access-Control-Allow-Origin': 'The page\'s origin, where it is one of the key\'s.' },
  result: object({
    address: text('SIP address of the caller, for From.'),
    user: text('User name, for the digest.'),
    password: text('Password, for the digest.'),
    target: text('SIP address to call.'),
    webSocketUrl: text('Where SIP is spoken over WebSocket (RFC 7118).'),
    iceServers: list(iceServer, 'For the connection\'s configuration.', { max: 100 }),
    expiresAt: timestamp('When the call has to have begun.'),
  }),
  errors: [errors.forbidden, errors.tooMany, errors.overloaded, errors.unavailable],
  examples: [{
    request: { key: 'wk-pXk2Zq0V5mJr1uQ8', accessCode: '1000', caller: '13700000001' },
    response: {
      address: 'sip:guest-zzzzzzzzzzzzzzzzzzzzzz@parley.example.com', user: 'guest-zzzzzzzzzzzzzzzzzzzzzz', password: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz',
      target: 'sip:1000@parley.example.com', webSocketUrl: 'wss://parley.example.com/sip?guest=guest-zzzzzzzzzzzzzzzzzzzzzz',
      iceServers: [{ urls: ['stun:stun.example.com:3478'] }], expiresAt: 1_790_000_060_000,
    },
  }],
});
