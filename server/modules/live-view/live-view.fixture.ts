import assert from 'node:assert/strict';
import type { TSchema } from 'typebox';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import type { Operation, OperationParts } from '@parley/contract/operation.ts';
import { customersOf, type Call } from '@parley/core/call/call.ts';
import type { FlowOutcome } from '../../engine/voice.ts';
import type { Caller, LiveFloor } from '../../testing/live-floor.ts';
import { until } from '../../testing/until.ts';

const codeOf = (body: unknown): unknown => {
  const { resultCode, returnCode } = body as { readonly resultCode?: unknown; readonly returnCode?: unknown };
  return resultCode ?? returnCode;
};

/** Holds an operation to its refusals: `good` is for another's tenant, and each of `bad` is wrong in itself. */
export async function assertRefusals<Parts extends OperationParts, R extends TSchema>(
  { server, tenant }: LiveFloor, op: Operation<Parts, R>, good: object, bad: readonly object[],
): Promise<void> {
  const other = await server.tenant();
  for (const [client, where] of [[other.monitor, { vdn: tenant.vdnId }], [tenant.monitor, { vdn: other.vdnId }], [tenant.monitor, { vdn: tenant.vdnId, ccId: 65_000 }]] as const) {
    assert.equal(codeOf((await client.call(op, { ...where, ...good } as never)).body), '0101003');
  }
  for (const one of [{ ...good, vdn: 5001 }, { ...good, vdn: 'x' }, ...bad.map((wrong) => ({ ...good, vdn: tenant.vdnId, ...wrong }))]) {
    assert.equal(codeOf((await tenant.monitor.call(op, one as never)).body), '0100002', JSON.stringify(one));
  }
}

/** A flow that comes to this, and the number by which it is reached. */
export async function flowNumber({ voice, tenant, number, flow }: LiveFloor, digit: number, outcome: FlowOutcome, afterMs = 0): Promise<{ readonly flow: number; readonly number: string }> {
  const id = await flow(`${number}${digit}`);
  voice.flow(id, outcome, afterMs);
  await tenant.administrator.call(createAccessCode, { code: `${number}${digit}0`, media: 5 });
  const { body } = await tenant.client.call(createCalledRoute, { accessCode: `${number}${digit}0`, extCode: '', devicetype: 3, deviceid: Number(id) });
  assert.equal(body['returnCode'], '0', JSON.stringify(body));
  return { flow: Number(id), number: `${number}${digit}0` };
}

/** Somebody calls a number, and is where they are to be: through the flow, unless told otherwise. */
export async function callTo({ voice, server, tenant }: LiveFloor, to: string, isThere: (call: Call) => boolean = ({ flow }) => flow === undefined): Promise<Caller> {
  const party = voice.callIn({ from: '13800000003', to });
  const { engine } = server.parley.gateway;
  let call: string | undefined;
  await until(async () => {
    await engine.idle();
    call = await engine.view(tenant.vdnId, ({ calls }) => [...calls.values()].find((one) => customersOf(one).some(({ leg }) => leg === party.id) && isThere(one))?.id);
    return call !== undefined;
  }, `the call to ${to} is where it is to be`);
  return { call: call ?? '', party };
}

export const inFlow = ({ flow }: Call): boolean => flow !== undefined;

/** Some time passes in tests beside what they let pass: as many seconds as were meant, or what it is where it is something else. */
const SLACK_S = 5;
export const about = (seconds: number, is: number | undefined): number | undefined => (is !== undefined && is >= seconds && is <= seconds + SLACK_S ? seconds : is);
