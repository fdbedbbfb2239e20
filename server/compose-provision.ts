import { changeTenant } from '@parley/contract/admin/tenant.ts';
import type { Handler } from '@parley/contract/handler.ts';
import { isRefusal, refusalText } from '@parley/contract/refusal.ts';
import type { World } from './compose.ts';
import type { Ids } from './engine/ids.ts';
import type { Writer } from './engine/writer.ts';
import { createTrustlist, findCallback } from './modules/callback/index.ts';
import { createPost } from './modules/letter/index.ts';
import { omaTokenHandlers, type Tokens } from './modules/access/index.ts';
import { forgetMessages, hmacAndGcm, keepTrial, omaHandlers, orderHandlers, ordersDue, tenantOfContact } from './modules/order/index.ts';
import { dial } from './modules/route/index.ts';
import type { Tenants } from './modules/tenant/index.ts';
import { thirdPartyHandlers } from './modules/third-party/index.ts';
import { trialHandlers, trialSweep } from './modules/trial/index.ts';
import type { Perform } from './perform.ts';

export interface ProvisionParts {
  readonly writer: Writer;
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly tenants: Tenants;
  readonly perform: Perform;
}

const TRIAL_AGENTS = 5;
const MESSAGES_KEPT_MS = 30 * 86_400_000;

/** Who the tenants are and what they have ordered (15.1), who wants to become one (17.2, 17.3), and what systems they have of their own (17.4). */
export function composeProvision({ db, vault, clock, jobs, mail, outgoing, onFault, addresses, imc = hmacAndGcm }: World, { writer, ids, tokens, tenants, perform }: ProvisionParts): readonly Handler[] {
  const post = createPost({ db, vault, clock, ids, jobs, mail, onFault });
  const { service: { host, port } } = addresses;
  const portalUrl = `https://${host.includes(':') ? `[${host}]` : host}:${port}/`;
  jobs.schedule('trial-sweep', '23 * * * *', trialSweep({ db, clock }));
  jobs.schedule('orders-due', '7 * * * *', ordersDue({
    db, writer, clock,
    switchOff: async (vdnId) => {
      const answer = await perform(changeTenant, 0, { vdnId, enabled: false });
      if (isRefusal(answer)) throw new Error(`VDN ${vdnId} could not be switched off: ${refusalText(answer)}`);
    },
  }));
  jobs.schedule('imc-sweep', '37 3 * * *', () => forgetMessages(db, clock() - MESSAGES_KEPT_MS));
  const trustlist = createTrustlist();
  return [
    ...omaTokenHandlers({ writer, ids, tokens, tenants }),
    ...omaHandlers({ db, vault, tenants, portalUrl, imc }),
    ...orderHandlers({ db, writer, ids, vault, tenants }),
    ...thirdPartyHandlers({
      tenants, outgoing,
      // Trust may have been withdrawn since the address was put down.
      addressOf: async (vdnId, purpose) => {
        const address = await findCallback(db, vault, vdnId, purpose);
        return address !== undefined && await trustlist.trusts(db, vdnId, address.url) ? address : undefined;
      },
    }),
    ...trialHandlers({
      db, vault, writer, clock, mail, onFault, perform, portalUrl, drop: post.drop,
      isFree: async (code, tx = db) => (await dial(tx, code)).outcome === 'no-access-code',
      tenantOfContact: (contact) => tenantOfContact(db, contact),
      keepCustomer: (writing, vdnId, applicant) => keepTrial(writing, ids, vdnId, { ...applicant, agents: TRIAL_AGENTS }),
    }),
  ];
}
