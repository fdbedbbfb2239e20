import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { TObject, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { requestFor } from '@parley/contract/client.ts';
import type { Handler } from '@parley/contract/handler.ts';
import { refusalsOf } from '@parley/contract/openapi.ts';
import { envelopeOf, type Operation } from '@parley/contract/operation.ts';
import { refuse, type RefusalKind } from '@parley/contract/refusal.ts';
import { sign } from '@parley/contract/wire/auth-v2.ts';
import { readJson, writeJson } from '@parley/contract/wire/json.ts';
import { compose } from '../compose.ts';
import { connect } from '../database/connect.ts';
import type { Role } from '../modules/account/index.ts';
import { openDesk, type Desk } from './desk.ts';
import { startTestServer, testWorld, type TestServer, type TestTenant } from './server.ts';

/**
 * Sends generated bad requests to every operation that is served. Whatever comes, the reply is one that the operation
 * declares, never a failure of ours, and a refused request has changed nothing.
 */

const BY = { actor: 'test', source: 'test', operation: 'test' };

const RUNS = Number(process.env['PARLEY_FUZZ_RUNS'] ?? 40);
const SEED = Number(process.env['PARLEY_FUZZ_SEED'] ?? 20_260_401);

let server: TestServer;
before(async () => { server = await startTestServer({ world: { pollWaitMs: 5 } }); });
after(() => server.close());

interface Sending {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

interface Session {
  /** The headers that say who calls. */
  readonly headers: (sending: Sending) => Readonly<Record<string, string>>;
  /** What the caller's own requests hold in place of what the examples do, such as its work number. */
  readonly own: Readonly<Record<string, unknown>>;
}

const nobody: Session = { headers: () => ({}), own: {} };

const roleFor = (op: Operation): Role => (op.permission === 'installation' ? 'operator' : 'administrator');

const LOCK_MS = 5 * 60_000;

const desks = new Map<number, Promise<Desk>>();

/** An agent of the tenant who inspects others too. */
function deskIn(tenant: TestTenant): Promise<Desk> {
  const known = desks.get(tenant.vdnId) ?? openDesk(server, tenant, { ccRoleId: 3 });
  desks.set(tenant.vdnId, known);
  return known;
}

async function credentialsOf(tenant: TestTenant): Promise<Session['own']> {
  const { workNo, password, phone } = await deskIn(tenant);
  return { agentid: workNo, password, phonenum: phone };
}

/** Signs in anew as the operation needs it: some operations end sessions or switch tenants off. */
async function signIn(op: Operation, tenant: TestTenant, role = roleFor(op)): Promise<Session> {
  const { parley, world } = server;
  const { vdnId, appKey } = tenant;
  const lifeMs = 3_600_000;
  const bearer = (token: string): Session => ({ headers: () => ({ authorization: `Bearer ${token}` }), own: {} });
  const newKey = async (scheme: 'C2' | 'C3'): Promise<{ keyId: string; secret: string }> => {
    const key = await parley.writer.write(0, BY, ({ tx, at }) => parley.keys.insert(tx, { vdnId, scheme, label: 'test' }, at));
    assert.ok('keyId' in key);
    return key;
  };
  switch (op.auth) {
    case 'none': return 'agentid' in (op.request.path?.properties ?? {}) ? { ...nobody, own: await credentialsOf(tenant) } : nobody;
    case 'C1': case 'C1-or-body': return bearer(await parley.tokens.issue({ vdnId, kind: 'C1', subject: appKey, lifeMs }));
    case 'C2': {
      const { keyId, secret } = await newKey('C2');
      const host = new URL(server.url).host;
      return {
        own: {},
        headers: ({ method, url, body = '' }) => ({
          authorization: sign({ accessKey: keyId, secretKey: secret, method, url, headers: { host }, body, at: new Date(world.clock()) }),
        }),
      };
    }
    case 'C3': {
      const { keyId } = await newKey('C3');
      const token = await parley.tokens.issue({ vdnId, kind: 'C3', subject: keyId, lifeMs });
      return { headers: () => ({ authtoken: token, appkey: keyId }), own: {} };
    }
    case 'OMA': {
      const token = await parley.tokens.issue({ vdnId, kind: 'OMA', subject: randomBytes(6).toString('hex'), lifeMs });
      return { headers: () => ({ 'x-auth-token': token }), own: {} };
    }
    case 'session': {
      const home = role === 'operator' ? 0 : vdnId;
      const account = `${role}-${randomBytes(6).toString('hex')}`;
      await parley.accounts.insert(world.db, home, { account, name: account, role, email: `${account}@example.com`, phone: '', passwordHash: '' }, world.clock());
      return bearer(await parley.tokens.issue({ vdnId: home, kind: 'session', subject: account, lifeMs }));
    }
    case 'C4': {
      const desk = await deskIn(tenant);
      // Nor are locks: that of a work number is the same in every tenant (6.1.1.1).
      server.advance(LOCK_MS);
      await desk.forceSignIn();
      return {
        own: { agentid: desk.workNo },
        headers: () => {
          // Time passes faster than anybody could poll.
          parley.gateway.events.outbox.seen(vdnId, desk.workNo, world.clock());
          return { guid: desk.guid() };
        },
      };
    }
    case 'C5': default: throw new Error(`${op.id}: this test does not know how to sign in by ${op.auth}`);
  }
}

/** Stands for a number that JSON can spell and JavaScript cannot hold. */
const HUGE = 12_345_678_901_234_567_890n;

const evil: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null, '', ' ', true, false, 0, -0, -1, 1, 2, 255, 256, 32_768, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 53, -(2 ** 53), 1e21, 1e308, 0.5, -0.1, HUGE, -HUGE,
    '0', '-1', '1', '2147483648', '9223372036854775808', '99999999999999999999', '1e5', '0x10', 'NaN', 'null', 'true', '1,2,3', '1;1', 'a,b', '%', '_', '\\', '\'', '";--', '${DATE}',
    'x\0y', '\ud800', '\udfff\ud800', '🙂🙂🙂', 'ÄÖÜß', '中文'.repeat(30), '\u202e', '\n\r\t', '../../../etc/passwd', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'x@example.com',
    [], {}, [[]], [{}], [null], [1, 1], ['1', '1'], [[[[1]]]], { a: { b: { c: 1 } } }, { toString: 1 }, { constructor: { prototype: 1 } }, { length: 3 },
  ),
  fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom<unknown>(...[10, 100, 1000, 10_000].map((length) => 'x'.repeat(length)), Array.from({ length: 1001 }, () => 1), Array.from({ length: 5000 }, () => 'a')),
  fc.jsonValue({ maxDepth: 3 }),
);

type Change =
  | { readonly kind: 'set' | 'wrap'; readonly at: number; readonly value: unknown }
  | { readonly kind: 'known'; readonly at: number; readonly pick: number }
  | { readonly kind: 'drop' | 'repeat' | 'text'; readonly at: number };

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('set' as const), at: fc.nat(200), value: evil }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('known' as const), at: fc.nat(200), pick: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wrap' as const), at: fc.nat(200), value: evil }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('drop' as const, 'repeat' as const, 'text' as const), at: fc.nat(200) }) },
);

/** Every place of a value, its own members and theirs. */
function placesOf(value: unknown): { readonly holder: Record<string, unknown>; readonly name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...placesOf(holder[name])]);
}

/** `known` are ids and names of things that exist, the caller's own and other tenants'. */
function apply(input: Record<string, unknown>, change: Change, known: readonly unknown[]): void {
  const places = placesOf(input);
  const place = places[change.at % places.length];
  if (place === undefined) return;
  const { holder, name } = place;
  const given = holder[name];
  switch (change.kind) {
    case 'set': holder[name] = structuredClone(change.value); break;
    case 'known': holder[name] = known[change.pick % known.length]; break;
    case 'wrap': holder[name] = [given, structuredClone(change.value)]; break;
    case 'drop': delete holder[name]; break;
    case 'repeat': holder[name] = Array.isArray(given) ? [...given as unknown[], ...given as unknown[]] : [given, given]; break;
    case 'text': holder[name] = String(given); break;
  }
}

const scalarsOf = (value: unknown): unknown[] => placesOf(value).map(({ holder, name }) => holder[name]).filter((found) => typeof found === 'string' || typeof found === 'number');

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly minLength?: number;
}

/** Something of the schema's kind, for the fields that no example fills. */
function plausible(schema: Schema): unknown {
  const [type] = [schema.type ?? []].flat();
  if (schema.enum !== undefined) return schema.enum[0];
  if (type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, plausible(property)]));
  if (type === 'array') return [plausible(schema.items ?? {})];
  if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (type === 'boolean') return true;
  return '1'.repeat(Math.max(1, schema.minLength ?? 1));
}

const partsOf = (op: Operation): Schema[] => [op.request.path, op.request.query, op.request.body].filter((part): part is TObject => part !== undefined);

/** Inputs to start from: the examples, and what the schema alone suggests. */
function basesOf(op: Operation): { readonly examples: Record<string, unknown>[]; readonly suggested: Record<string, unknown>[] } {
  const full = Object.assign({}, ...partsOf(op).map(plausible)) as Record<string, unknown>;
  const least = required(op, full);
  const examples = (op.examples ?? []).flatMap(({ request }): Record<string, unknown>[] => (request === undefined ? [] : [{ ...least, ...request }]));
  return { examples: examples.length === 0 ? [full] : examples, suggested: [full, least] };
}

function required(op: Operation, full: Record<string, unknown>): Record<string, unknown> {
  const names = new Set(partsOf(op).flatMap((part) => (part as { required?: readonly string[] }).required ?? []));
  return Object.fromEntries(Object.entries(full).filter(([name]) => names.has(name)));
}

/** Changes are made to the whole input; what stands in path and query goes there as text, the way a client would. */
function sendingOf(op: Operation, input: Record<string, unknown>): Sending {
  const scalar = (value: unknown): string => (typeof value === 'string' ? value : writeJson(value)).toWellFormed();
  const elsewhere = [...Object.keys(op.request.path?.properties ?? {}), ...Object.keys(op.request.query?.properties ?? {})];
  const spread = { ...input };
  for (const name of elsewhere) if (name in spread) spread[name] = scalar(spread[name]).slice(0, 400).toWellFormed();
  const request = requestFor(op, spread);
  return { ...request, headers: request.body === undefined ? {} : request.headers };
}

const validators = new Map<object, Validator>();
const checks = (schema: TSchema, value: unknown): boolean => {
  let validator = validators.get(schema);
  if (validator === undefined) validators.set(schema, validator = Compile(schema));
  return validator.Check(value);
};

/**
 * The heads of the journals, and of what goes on in this tenant: a refused request must leave them as they were. In other
 * tenants agents of earlier tests fall silent, and what they waited for comes to pass.
 */
async function heads(vdnId = 0): Promise<string> {
  // What an earlier request has set going ends first.
  await server.jobsDone();
  const { engine } = server.parley.gateway;
  await engine.tick();
  await engine.idle();
  const centres = await server.world.db.selectFrom('centre').select(['vdn_id', 'head']).where('vdn_id', '=', vdnId).execute();
  const rows = await server.world.db.selectFrom('vdn').select(['vdn_id', 'journal_seq']).orderBy('vdn_id').execute();
  return [...rows.map((head) => `${head.vdn_id}:${head.journal_seq}`), ...centres.map((centre) => `${centre.vdn_id}:${centre.head}`)].join(' ');
}

/** The code of a reply, whatever the envelope. */
function codeIn(body: unknown): unknown {
  const flat = body as Record<string, unknown> & { error?: { code?: unknown } };
  const code = flat.error?.code ?? Object.entries(flat).find(([name]) => /^(result|return|ret|error)code$/i.test(name))?.[1];
  return typeof code === 'number' ? String(code) : code;
}

/** Status and code of a refusal, as the operation's envelope carries them. */
const onTheWire = (op: Operation, kind: RefusalKind): string => `${kind.status} ${String(codeIn(envelopeOf(op).refusal(refuse(kind))))}`;

/** Every operation's success and refusal, as its declaration has them. */
function formsOf(op: Operation) {
  const envelope = envelopeOf(op);
  const success = envelope.schema(op.result);
  const done = codeIn(envelope.success({}, ''));
  const declared = new Set(refusalsOf(op).map((kind) => onTheWire(op, kind)));
  return {
    /** Some answer a part that failed with another code and the result beside it, such as the deletion of many. */
    isAnswer: (status: number, body: unknown): boolean => status === 200 && checks(success, body)
      && (codeIn(body) === done || Object.keys(body as object).some((name) => !(name in envelope.refusalSchema.properties))),
    isRefusal: (status: number, body: unknown): boolean => checks(envelope.refusalSchema, body) && declared.has(`${status} ${String(codeIn(body))}`),
    declared,
  };
}

/** What an agent is answered whose session is over (6.1.4.1). */
const SIGNED_OUT: ReadonlySet<string> = new Set(['000-003', '100-006']);

const shorten = (text: string): string => (text.length > 600 ? `${text.slice(0, 600)}... (${text.length} characters)` : text);

const transmit = (session: Session, sending: Sending): Promise<Response> => fetch(`${server.url}${sending.url}`, {
  method: sending.method, headers: { ...sending.headers, ...session.headers(sending) }, redirect: 'error', signal: AbortSignal.timeout(30_000),
  ...(sending.body === undefined ? {} : { body: sending.body }),
});

/** What came; of a stream of events, which goes on, nothing. */
async function bytesOf(response: Response): Promise<Buffer> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return Buffer.from(await response.arrayBuffer());
  await response.body?.cancel();
  return Buffer.alloc(0);
}

/** Answers whether the caller is still signed in. */
async function attempt(op: Operation, forms: ReturnType<typeof formsOf>, session: Session, sending: Sending, vdnId: number): Promise<boolean> {
  const headsBefore = await heads(vdnId);
  const response = await transmit(session, sending);
  const bytes = await bytesOf(response);
  const told = `${op.id}: ${sending.method} ${shorten(sending.url)} ${shorten(sending.body ?? '')}\nanswered HTTP ${response.status} ${shorten(bytes.toString('utf8'))}`;
  assert.ok(response.status < 500, told);
  if (response.status === 200 && response.headers.get('content-type')?.startsWith('application/json') !== true) return true;
  const reply = readJson(bytes, { maxDepth: 64 });
  assert.ok(reply.ok && reply.value !== undefined, `${told}\nwhich is not JSON`);
  if (forms.isAnswer(response.status, reply.value)) return true;
  // An empty path parameter or one of dots makes another path, which is another operation's or nobody's.
  if (new URL(sending.url, server.url).pathname.split('/').filter(Boolean).length !== op.path.split('/').filter(Boolean).length) return true;
  assert.ok(forms.isRefusal(response.status, reply.value), `${told}\nwhich it does not declare; it declares ${[...forms.declared].join(', ')}`);
  assert.equal(await heads(vdnId), headsBefore, `${told}\nand changed something all the same`);
  return ![401, 403].includes(response.status) && !(op.auth === 'C4' && SIGNED_OUT.has(String(codeIn(reply.value))));
}

/**
 * Sends what the operations of the same noun give as examples, so that bad requests meet things that exist; answers the
 * ids and names that were heard.
 */
async function populate(handlers: readonly Handler[], op: Operation, tenant: TestTenant): Promise<unknown[]> {
  const siblings = handlers.filter((handler) => handler.op.tag === op.tag && handler.op.auth === op.auth && handler.op.method !== 'DELETE' && !/delete|remove|clean|reset|disable/i.test(handler.op.id));
  const heard = new Set<unknown>([1, '1']);
  // What lists things comes last, when there are some.
  for (const { op: sibling } of siblings.toSorted((one, other) => Number(one.op.method === 'GET') - Number(other.op.method === 'GET'))) {
    const session = await signIn(sibling, tenant);
    const { examples, suggested } = basesOf(sibling);
    for (const basis of [...examples, ...suggested].slice(0, 3)) {
      // How they answer is the matter of their own tests.
      const response = await transmit(session, sendingOf(sibling, { ...structuredClone(basis), ...session.own }));
      const reply = readJson(await bytesOf(response), { maxDepth: 64 });
      if (response.ok && reply.ok) for (const scalar of scalarsOf(reply.value).slice(0, 100)) heard.add(scalar);
    }
  }
  return [...heard];
}

const wholes: readonly (string | undefined)[] = [
  undefined, '', ' ', '{}', '[]', 'null', '1', '"text"', '{', '}', '{"a":}', 'a=b&c=d', '[{}]', '{"requestParam":{}}', '{"requestParam":null}', '{"body":{"body":{}}}',
  '{"__proto__":{"a":1}}', '{"constructor":1}', '\uFEFF{}', `${'['.repeat(500)}${']'.repeat(500)}`, '{"a":1e999}', '{"\\u0000":1}', '{"\\ud800":"\\udc00"}',
];

// Tests must be known before the server is up, so the operations are those of a world that is never used.
const ops = compose(testWorld(connect('postgres://nobody@127.0.0.1:1/nowhere').db, () => 0)).handlers.map(({ op }) => op);

describe('bad requests', () => {
  let foreign: unknown[] = [];

  test('there are operations to try', () => assert.ok(ops.length > 0));

  for (const { id } of ops) {
    test(`of ${id} are refused in a form that it declares and change nothing`, { timeout: 120_000 }, async () => {
      const { handlers } = server.parley;
      const handler = handlers.find((candidate) => candidate.op.id === id);
      assert.ok(handler, `${id} is served`);
      const { op } = handler;
      const forms = formsOf(op);
      let tenant = await server.tenant();
      const own = await populate(handlers, op, tenant);
      const known = [...own, ...foreign];
      foreign = own.slice(0, 30);
      let session = await signIn(op, tenant);
      const send = async (sending: Sending): Promise<void> => {
        // Limits a second are not what is tried here.
        server.advance(1000);
        if (await attempt(op, forms, session, sending, tenant.vdnId)) return;
        // The request before may have ended the session or switched the tenant off; an agent just signs in again.
        if (op.auth !== 'C4') tenant = await server.tenant();
        session = await signIn(op, tenant);
      };

      const { examples, suggested } = basesOf(op);
      const plain = sendingOf(op, { ...structuredClone(examples[0] ?? {}), ...session.own });
      const headers = { 'content-type': 'application/json' };
      if (op.method !== 'GET') for (const body of op.request.body === undefined ? ['{', '[]'] : wholes) await send({ ...plain, headers, body });
      const basis = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...examples) }, { weight: 1, arbitrary: fc.constantFrom(...suggested) });
      await fc.assert(fc.asyncProperty(basis, fc.array(anyChange, { minLength: 1, maxLength: 3 }), async (given, changes) => {
        const input = { ...structuredClone(given), ...session.own };
        for (const one of changes) apply(input, one, known);
        await send(sendingOf(op, input));
      }), { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: 90_000 });
    });
  }
});

describe('strangers', () => {
  const wholeRequest = (op: Operation): Sending => sendingOf(op, structuredClone(basesOf(op).examples[0] ?? {}));

  async function assertTurnedAway(op: Operation, session: Session, kinds: readonly RefusalKind[]): Promise<void> {
    const headsBefore = await heads();
    const response = await transmit(session, wholeRequest(op));
    const text = await response.text();
    const said = `${response.status} ${String(codeIn(JSON.parse(text)))}`;
    assert.ok(kinds.some((kind) => said === onTheWire(op, kind)), `${op.id} answered ${response.status} ${shorten(text)}`);
    assert.equal(await heads(), headsBefore);
  }

  test('who have not signed in call nothing that needs it', async () => {
    for (const op of ops.filter(({ auth }) => auth !== 'none')) {
      const { unauthenticated, forbidden } = op.family.refusals;
      // 5.1.12 answers 403 to whoever sends neither a token nor an account.
      await assertTurnedAway(op, nobody, op.auth === 'C1-or-body' ? [forbidden] : [unauthenticated]);
    }
  });

  test('with a session of too small a role are refused', async () => {
    const tenant = await server.tenant();
    for (const op of ops.filter(({ auth, permission }) => auth === 'session' && permission !== undefined && permission !== 'self' && permission !== 'tenant.own')) {
      await assertTurnedAway(op, await signIn(op, tenant, 'agent'), [op.family.refusals.forbidden]);
      if (op.permission === 'tenant.write') await assertTurnedAway(op, await signIn(op, tenant, 'supervisor'), [op.family.refusals.forbidden]);
      if (op.permission === 'installation') await assertTurnedAway(op, await signIn(op, tenant, 'administrator'), [op.family.refusals.forbidden]);
    }
  });

  test('with a token of another kind are refused', async () => {
    const tenant = await server.tenant();
    const token = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'C3', subject: 'nobody', lifeMs: 60_000 });
    for (const op of ops.filter(({ auth }) => auth === 'C1' || auth === 'session')) {
      await assertTurnedAway(op, { ...nobody, headers: () => ({ authorization: `Bearer ${token}` }) }, [op.family.refusals.unauthenticated]);
    }
  });
});
