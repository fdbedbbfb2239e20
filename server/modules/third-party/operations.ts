import { createHmac } from 'node:crypto';
import { thirdPartyErrors as errors } from '@parley/contract/third-party/family.ts';
import { CUSTOMER_PURPOSE, queryThirdPartyCustomerInfo, thirdPartyValidate, VALIDATION_PURPOSE } from '@parley/contract/third-party/proxy.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { readJson } from '@parley/contract/wire/json.ts';
import type { Outgoing } from '../../engine/outgoing.ts';
import type { Callback } from '../callback/index.ts';
import type { Tenants } from '../tenant/index.ts';
import { readCustomer, readValidation } from './reading.ts';

export interface ThirdPartyDependencies {
  readonly tenants: Pick<Tenants, 'find'>;
  readonly outgoing: Outgoing;
  /** Where the tenant's own system is, if it is still to be called there. */
  readonly addressOf: (vdnId: number, purpose: string) => Promise<Callback | undefined>;
}

/** Agents wait for it with a call on the line. */
const DEADLINE_MS = 10_000;
const MAX_DEPTH = 16;

/** docs/third-party.md: the moment is signed too, so that nobody sends it again another day. */
const signatureOf = (secret: string, at: string, body: string): string => createHmac('sha256', secret).update(`${at}.${body}`, 'utf8').digest('base64');

export function thirdPartyHandlers({ tenants, outgoing, addressOf }: ThirdPartyDependencies): readonly Handler[] {
  /** What the tenant's system answers to this, as JSON. */
  const ask = async (purpose: string, question: object, { vdnId, now }: Context): Promise<{ readonly answer: unknown } | Refusal> => {
    const address = await addressOf(vdnId, purpose);
    if (address === undefined) return refuse(errors.notConfigured, { purpose });
    const body = JSON.stringify(question);
    const at = String(now);
    const reply = await outgoing.send({
      url: address.url, method: 'POST', body, deadlineMs: DEADLINE_MS,
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        ...(address.secret === undefined ? {} : { 'x-parley-timestamp': at, 'x-parley-signature': signatureOf(address.secret, at, body) }),
      },
    });
    if (!reply.ok) return refuse(errors.unreachable, { message: reply.message });
    if (reply.status < 200 || reply.status > 299) return refuse(errors.unreachable, { message: `HTTP ${reply.status}` });
    const read = readJson(reply.body, { maxDepth: MAX_DEPTH });
    return read.ok ? { answer: read.value } : refuse(errors.misunderstood, { message: 'it is not JSON' });
  };

  return [
    handle(thirdPartyValidate, async (question, context) => {
      const tenant = await tenants.find(context.vdnId);
      if (tenant?.tenantSpaceId !== question.tenantSpaceId) return refuse(errors.foreignSpace, { space: question.tenantSpaceId });
      const asked = await ask(VALIDATION_PURPOSE, question, context);
      return isRefusal(asked) ? asked : readValidation(asked.answer) ?? refuse(errors.misunderstood, { message: 'retCode is no whole number' });
    }),

    handle(queryThirdPartyCustomerInfo, async (question, context) => {
      const asked = await ask(CUSTOMER_PURPOSE, question, context);
      return isRefusal(asked) ? asked : readCustomer(asked.answer) ?? refuse(errors.misunderstood, { message: 'a list of objectName and values is needed' });
    }),
  ];
}
