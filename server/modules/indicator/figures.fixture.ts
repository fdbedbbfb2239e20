import assert from 'node:assert/strict';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import type { Client } from '@parley/contract/client.ts';
import type { FlowOutcome } from '@parley/core/call/ivr.ts';
import type { LiveFloor } from '../../testing/live-floor.ts';

export type Told = Readonly<Record<string, unknown>>;

/** What has come on top; what stayed as it was is left out. */
export const grown = (before: Told, now: Told): object =>
  Object.fromEntries(Object.keys(now).flatMap((name) => (Number(now[name]) === Number(before[name]) ? [] : [[name, Number(now[name]) - Number(before[name])]])));

/** The figures of the first one told of, by their codes without what begins them all. */
export function byCode(answer: readonly { readonly idxs: readonly { readonly id: string; readonly val: unknown }[] }[]): Told {
  return Object.fromEntries((answer[0]?.idxs ?? []).map(({ id, val }) => [id, val]));
}

type Called = Parameters<Client['call']>;

export const codeOf = async (client: Client, op: Called[0], input: object): Promise<unknown> => ((await client.call(op, input)).body as { resultCode?: unknown }).resultCode;

/** To the beginning of the next five minutes, so that what is settled is told. */
export const settled = (floor: LiveFloor): Promise<void> => floor.later(300_000 - (floor.server.world.clock() % 300_000));

let codes = 0;

/** Somebody whom a flow has, which is through with them when the test says so. */
export interface InFlow {
  readonly hangUp: () => Promise<void>;
  readonly leadsTo: (outcome: FlowOutcome) => Promise<void>;
}

const FOR_LONG_MS = 600_000;

/** A flow that is called at a number of its own. */
export async function flowAt(floor: LiveFloor): Promise<{ readonly flow: number; readonly number: string; readonly calls: (from?: string) => Promise<InFlow> }> {
  codes += 1;
  const [code, flowCode] = [`96${String(codes).padStart(4, '0')}`, `7${String(codes).padStart(4, '0')}`];
  const flow = await floor.flow(flowCode);
  floor.voice.flow(flow, { kind: 'done' }, FOR_LONG_MS);
  assert.equal((await floor.tenant.administrator.call(createAccessCode, { code, media: 5 })).status, 200);
  const { body } = await floor.tenant.client.call(createCalledRoute, { accessCode: code, extCode: '', devicetype: 3, deviceid: Number(flow) });
  assert.equal(body['returnCode'], '0', JSON.stringify(body));
  const { engine } = floor.server.parley.gateway;
  return {
    flow: Number(flow), number: code,
    calls: async (from = '13800000009') => {
      const party = floor.voice.callIn({ from, to: code });
      await engine.idle();
      return {
        hangUp: async () => {
          party.hangUp();
          await floor.server.settle();
        },
        leadsTo: async (outcome) => {
          await engine.send(floor.tenant.vdnId, { kind: 'flowEnded', leg: party.id, outcome });
          await floor.server.settle();
        },
      };
    },
  };
}
