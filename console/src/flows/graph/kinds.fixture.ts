import { schemaOf } from '@parley/core/ivr/field.ts';
import { flowFields } from '@parley/core/ivr/flow.ts';
import { describeNodeTypes } from '@parley/core/ivr/node-types.ts';
import { kindsOf } from './control.ts';

/** The kinds as the server lists them. */
export const KINDS = kindsOf({ flow: schemaOf(flowFields), types: describeNodeTypes() });

/** A node of every kind, each with all fields that its kind has, and all ways connected. */
export const WHOLE = {
  start: 'play', language: 'en_US', voice: 'anna', rate: 110, maxSeconds: 600, variables: { seed: '1' }, holidays: ['12-25'], onError: 'bye', apology: 'Sorry.',
  nodes: {
    play: { type: 'play', title: 'Jingle', x: 10, y: 20, file: '1323606152730207249', bargeIn: false, next: 'say', error: 'bye' },
    say: { type: 'say', text: 'Hello ${caller:digits}.', language: 'en_US', voice: 'anna', rate: 90, bargeIn: true, next: 'collect', error: 'bye' },
    collect: {
      type: 'collect', prompt: ['Number?', { play: '7' }, { path: '${seed}' }, { say: 'Now.', rate: 80 }], noInput: 'Hm?', noMatch: { say: 'No.' }, retries: 1, firstSeconds: 4, bargeIn: true,
      terminator: '*', into: 'number', max: 8, min: 2, betweenSeconds: 2.5, next: 'menu', otherwise: 'record', error: 'bye',
    },
    menu: {
      type: 'menu', prompt: 'Choose.', noInput: 'Hm?', noMatch: 'No.', retries: 3, firstSeconds: 5, bargeIn: true, into: 'key', otherwise: 'bye', error: 'bye',
      choices: { 0: 'bye', 1: 'queue', 2: 'agent', 3: 'transfer', '#': 'wait', '*': 'menu' },
    },
    record: { type: 'record', prompt: 'Speak.', maxSeconds: 30, endKeys: '#*', into: 'message', lengthInto: 'long', next: 'set', error: 'bye' },
    wait: { type: 'wait', seconds: 1.5, next: 'menu' },
    set: { type: 'set', variable: 'data', to: '\'n=\' & number', next: 'branch', error: 'bye' },
    branch: { type: 'branch', cases: [{ when: 'weekday > 5', to: 'bye' }, { when: 'caller = \'1\'', to: 'http' }], otherwise: 'return', error: 'bye' },
    http: {
      type: 'http', method: 'POST', url: 'https://crm.example.com/${number}', headers: { 'x-from': 'ivr' }, body: { number: '${number}', list: [1, null, true] }, key: 'crm', timeoutSeconds: 3,
      into: { name: 'customer.name' }, statusInto: 'status', next: 'queue', error: 'bye',
    },
    queue: { type: 'queue', queue: 3, also: [4, 5], otherwise: 'bye', error: 'bye' },
    agent: { type: 'agent', agent: '${seed}', overflow: 3, otherwise: 'bye', error: 'bye' },
    transfer: { type: 'transfer', flow: 2, error: 'bye' },
    return: { type: 'return' },
    bye: { type: 'hangUp', prompt: 'Bye.' },
  },
} as const;
