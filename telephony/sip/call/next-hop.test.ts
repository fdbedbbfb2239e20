import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Channel, Target, TransportKind } from '../transport/channel.ts';
import { nextHop } from './next-hop.ts';

function channelTo(address: string, port = 5060, kind: TransportKind = 'UDP', isOpen = true): Channel {
  return {
    kind, id: 'x', local: { address: '192.0.2.1', port: 5060 }, remote: { address, port },
    isOpen: () => isOpen, send: () => Promise.resolve(), onClose: () => () => undefined, close: () => undefined,
  };
}

const CARRIER = channelTo('198.51.100.7');
const BY_NAME: Target = { kind: 'UDP', host: 'carrier.example' };

describe('where the next request of a dialog goes', () => {
  for (const { what, uri, channel, reached, isBehindNat = false, expected } of [
    { what: 'to the peer that we have', uri: 'sip:a@198.51.100.7', channel: CARRIER, expected: undefined },
    { what: 'to its other port', uri: 'sip:a@198.51.100.7:5080', channel: CARRIER, expected: { kind: 'UDP', host: '198.51.100.7', port: 5080 } },
    { what: 'to the port that its translator lets through', uri: 'sip:a@198.51.100.7:5080', channel: CARRIER, isBehindNat: true, expected: undefined },
    { what: 'to another address of the carrier', uri: 'sip:a@198.51.100.9:5060', channel: CARRIER, expected: { kind: 'UDP', host: '198.51.100.9', port: 5060 } },
    { what: 'to the carrier that names its inner network', uri: 'sip:a@10.0.0.9', channel: CARRIER, expected: undefined },
    { what: 'to a telephone behind a translator', uri: 'sip:a@192.168.1.20:5062', channel: CARRIER, isBehindNat: true, expected: undefined },
    { what: 'to another machine of our own network', uri: 'sip:a@192.168.1.20', channel: channelTo('192.168.1.10'), expected: { kind: 'UDP', host: '192.168.1.20' } },
    { what: 'to another machine of our own network by way of a translator', uri: 'sip:a@192.168.1.20', channel: channelTo('192.168.9.10'), isBehindNat: true, expected: undefined },
    { what: 'to a name', uri: 'sip:proxy.carrier.example;lr', channel: CARRIER, expected: { kind: 'UDP', host: 'proxy.carrier.example' } },
    { what: 'to the name by which it was reached', uri: 'sip:Carrier.example;lr', channel: CARRIER, reached: BY_NAME, expected: undefined },
    { what: 'to that name by another port', uri: 'sip:carrier.example:5070;lr', channel: CARRIER, reached: BY_NAME, expected: { kind: 'UDP', host: 'carrier.example', port: 5070 } },
    { what: 'by another transport', uri: 'sip:a@198.51.100.7;transport=TCP', channel: CARRIER, expected: { kind: 'TCP', host: '198.51.100.7' } },
    { what: 'by TLS where the scheme asks for it', uri: 'sips:a@198.51.100.7', channel: CARRIER, expected: { kind: 'TLS', host: '198.51.100.7' } },
    { what: 'by the connection that stands', uri: 'sip:a@198.51.100.7:5060;transport=tcp', channel: channelTo('198.51.100.7', 43_210, 'TCP'), expected: undefined },
    { what: 'by a new connection where the old one is closed', uri: 'sip:a@198.51.100.7', channel: channelTo('198.51.100.7', 43_210, 'TCP', false), expected: { kind: 'TCP', host: '198.51.100.7' } },
    { what: 'nowhere where that is impossible', uri: 'sip:a@10.0.0.7', channel: channelTo('198.51.100.7', 43_210, 'TLS', false), expected: undefined },
    { what: 'by the WebSocket, whatever the URI', uri: 'sip:x@abc.invalid;transport=ws', channel: channelTo('198.51.100.7', 43_210, 'WSS'), expected: undefined },
    { what: 'by the WebSocket, whatever the address', uri: 'sip:x@203.0.113.5', channel: channelTo('198.51.100.7', 43_210, 'WS'), expected: undefined },
    { what: 'to a browser behind a proxy that is not in the route', uri: 'sip:x@abc.invalid;transport=ws', channel: CARRIER, expected: undefined },
    { what: 'to what is no address of SIP', uri: 'tel:+123', channel: CARRIER, expected: undefined },
    { what: 'to what is no URI', uri: 'sip:<>', channel: CARRIER, expected: undefined },
    { what: 'to IPv6', uri: 'sip:a@[2001:db8::2]', channel: channelTo('2001:db8::2'), expected: undefined },
  ] as { what: string; uri: string; channel: Channel; reached?: Target; isBehindNat?: boolean; expected: Target | undefined }[]) {
    it(what, () => { assert.deepEqual(nextHop({ uri, channel, reached, isBehindNat }), expected); });
  }
});
