import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { realTimers, type Timers } from '../../timers.ts';
import { createUserAgent } from '../call/user-agent.ts';
import { createGuard } from '../guard/guard.ts';
import { createNonces } from '../message/nonces.ts';
import { createTransactions } from '../transaction/transaction-layer.ts';
import type { TransportKind } from '../transport/channel.ts';
import { createTransports } from '../transport/transports.ts';
import { createTrunks } from '../trunk/trunks.ts';
import { accounts, PASSWORDS, REALM } from './registrar.fixture.ts';
import { createRegistrar, REGISTRAR_LIMITS } from './registrar.ts';

const HOST = '127.0.0.1';
const ALICE = { user: 'alice', realm: REALM };

/** A minute of the registrar's is 60 ms here. */
const fastTimers: Timers = { now: () => realTimers.now() * 1000, after: (ms, work) => realTimers.after(ms / 1000, work) };

const closing: (() => Promise<unknown> | void)[] = [];

async function standing(kinds: readonly ('UDP' | 'TCP')[], guard = createGuard({ timers: realTimers })) {
  const faults: unknown[] = [];
  const onFault = (what: string, details: unknown): void => { faults.push([what, details]); };
  const transports = await createTransports({ listen: kinds.map((kind) => ({ kind, address: HOST, port: 0 })), timers: realTimers, guard, onFault });
  const transactions = createTransactions({ transports, timers: realTimers, onFault });
  const userAgent = createUserAgent({
    transactions, transports, timers: realTimers, name: 'Test', contactFor: ({ local }) => `sip:${local.address}:${local.port}`,
  });
  closing.push(() => transports.stop(), () => { transactions.stop(); });
  const portOf = (kind: TransportKind): number => transports.listening.find((each) => each.kind === kind)?.place.port ?? assert.fail();
  return { transports, userAgent, portOf, faults };
}

async function registering() {
  const guard = createGuard({ timers: realTimers });
  const server = await standing(['UDP', 'TCP'], guard);
  const changes: string[] = [];
  const waiting = new Map<string, () => void>();
  const registrar = createRegistrar({
    timers: fastTimers, send: server.userAgent.send, accounts, realm: REALM, nonces: createNonces({ timers: fastTimers, lifetimeMs: 3_600_000 }),
    limits: { pings: { ...REGISTRAR_LIMITS.pings, everyMs: 10_000 } },
    onChange: (_account, change) => {
      changes.push(change);
      waiting.get(change)?.();
    },
    onFault: ({ remote, kind }, fault) => { guard.fault(remote.address, fault, kind); },
    onSuccess: ({ remote }) => { guard.succeeded(remote.address); },
  });
  server.userAgent.onRequest('REGISTER', registrar.handle);
  closing.push(() => { registrar.stop(); });
  const until = (change: string): Promise<void> => new Promise((resolve) => { waiting.set(change, resolve); });
  return { ...server, guard, registrar, changes, until };
}

type Phone = Awaited<ReturnType<typeof standing>>;

const register = ({ userAgent }: Phone, kind: TransportKind, port: number, { password = PASSWORDS['alice'] ?? '', expires = 600 } = {}) => userAgent.send({
  method: 'REGISTER', uri: `sip:${REALM}`, from: `sip:alice@${REALM}`, to: `sip:alice@${REALM}`, target: { kind, host: HOST, port },
  // An address that leads nowhere, as behind a router.
  headers: { Contact: `<sip:alice@10.1.2.3:5060>;expires=${expires}` }, credentials: { user: 'alice', password },
});

describe('registering over sockets', { timeout: 60_000 }, () => {
  afterEach(async () => { for (const close of closing.splice(0).toReversed()) await close(); });

  it('challenges, binds to where the phone came from, asks whether it is there, and forgets it in time', async () => {
    const { registrar, portOf, until, faults } = await registering();
    const phone = await standing(['UDP']);
    let asked = 0;
    phone.userAgent.onRequest('OPTIONS', (transaction) => {
      asked += 1;
      // Never answered, yet the binding stands to its end: one miss is none too many.
      assert.equal(transaction.request.uri, 'sip:alice@10.1.2.3:5060');
    });
    const gone = until('gone');
    const sent = await register(phone, 'UDP', portOf('UDP'), { expires: 120 });
    assert.equal(sent.ok && sent.response.status, 200);
    const [binding] = registrar.bindingsOf(ALICE);
    assert.deepEqual(binding?.channel.remote, { address: HOST, port: phone.portOf('UDP') });
    await gone;
    assert.equal(asked > 0, true);
    assert.deepEqual([faults, phone.faults, registrar.standing()], [[], [], 0]);
  });

  it('ends with a connection', async () => {
    const { registrar, portOf, until } = await registering();
    const phone = await standing(['TCP']);
    const gone = until('gone');
    const sent = await register(phone, 'TCP', portOf('TCP'), { expires: 3600 });
    assert.equal(sent.ok && sent.response.status, 200);
    assert.equal(registrar.bindingsOf(ALICE).length, 1);
    await phone.transports.stop();
    await gone;
    assert.deepEqual(registrar.bindingsOf(ALICE), []);
  });

  it('bans who guesses', async () => {
    const { registrar, portOf, guard } = await registering();
    const phone = await standing(['UDP']);
    while (guard.bans().length === 0) {
      const sent = await register(phone, 'UDP', portOf('UDP'), { password: 'guess' });
      assert.equal(sent.ok && sent.response.status, 401);
    }
    assert.deepEqual(guard.bans().map(({ source, fault }) => [source, fault]), [[HOST, 'badCredentials']]);
    assert.deepEqual(registrar.bindingsOf(ALICE), []);
  });

  it('is what a trunk of ours does, too', async () => {
    const { registrar, portOf, until } = await registering();
    const client = await standing(['UDP']);
    const registered = until('registered');
    const trunks = createTrunks({
      timers: realTimers, transports: client.transports, send: client.userAgent.send,
      trunks: [{ name: 'up', peers: [{ kind: 'UDP', host: HOST, port: portOf('UDP') }], registration: { user: 'alice', password: PASSWORDS['alice'] ?? '', domain: REALM } }],
    });
    await registered;
    assert.deepEqual(registrar.bindingsOf(ALICE).map(({ uri }) => uri), [`sip:alice@${HOST}:${client.portOf('UDP')}`]);
    const gone = until('gone');
    await trunks.stop();
    await gone;
  });
});
