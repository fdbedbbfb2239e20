import { addTrustedUrl } from '@parley/contract/admin/callback.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import { withSignature } from '@parley/contract/client-signature.ts';
import { clockIn } from '@parley/core/time/zone.ts';
import type { Outgoing, OutgoingRequest } from '../../engine/outgoing.ts';
import { makeKey } from '../access/access.fixture.ts';
import { recorded } from '../../testing/operation-test.ts';
import { TEST_ZONE, type TestServer, type TestTenant } from '../../testing/server.ts';
import type { Key } from '../access/keys.ts';

export const CALLBACK = 'https://billing.example.com/parley/told?by=parley';

/** Whoever is told of files. */
export interface Receiver {
  readonly outgoing: Outgoing;
  readonly told: OutgoingRequest[];
  /** What is answered from now on. */
  readonly answer: (status: number) => void;
  /** Done before the answer. */
  readonly onTold: (work: (request: OutgoingRequest) => Promise<void>) => void;
}

export function createReceiver(): Receiver {
  const told: OutgoingRequest[] = [];
  let status = 200;
  let work: (request: OutgoingRequest) => Promise<void> = () => Promise.resolve();
  return {
    told,
    answer: (next) => { status = next; },
    onTold: (next) => { work = next; },
    outgoing: {
      send: async (request) => {
        told.push(request);
        await work(request);
        return { ok: true, status, body: '' };
      },
    },
  };
}

/** A key of a tenant whose secret is known, and which signs what it asks. */
export async function signing(server: TestServer, tenant: Pick<TestTenant, 'vdnId'>): Promise<{ readonly key: Key; readonly client: Client }> {
  const key = await makeKey(server, { vdnId: tenant.vdnId, scheme: 'C2', label: 'billing' });
  return { key, client: recorded(createClient({ baseUrl: server.url, authorize: withSignature(key.keyId, key.secret, () => new Date(server.world.clock())) }), server.parley) };
}

export const trust = (tenant: Pick<TestTenant, 'administrator'>) => tenant.administrator.call(addTrustedUrl, { url: 'https://billing.example.com' });

/** The clock of the tenants of tests, so many milliseconds from now. */
export const clockAt = (server: TestServer, ms = 0, zone = TEST_ZONE): string => clockIn(zone, server.world.clock() + ms);
