import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSkill, querySkills } from './configuration/queue.ts';
import { configuration, errors, returnCode } from './configuration/family.ts';
import { admin } from './admin/family.ts';
import { buildOpenApi, type OpenApiDocument } from './openapi.ts';
import { operation, type Operation } from './operation.ts';
import { declaredOperations } from './operations.ts';
import { integer, longId, nothing, object, optional, text, word } from './schema.ts';

type Node = Record<string, unknown>;

const build = (...operations: readonly Operation[]): OpenApiDocument => buildOpenApi({ operations, title: 'Parley', version: '0.1.0' });

/** All but examples: a field of a request may be called as a word of schemas is. */
function everyNode(value: unknown, visit: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as Node);
  for (const [key, inner] of Object.entries(value)) if (key !== 'example' && key !== 'examples') everyNode(inner, visit);
}

function resolve(document: OpenApiDocument, reference: string): unknown {
  return reference.replace('#/', '').split('/').reduce<unknown>((node, step) => (node as Node | undefined)?.[step], document);
}

function operationsIn(document: OpenApiDocument): { path: string; method: string; op: Node }[] {
  return Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, op]) => ({ path, method, op: op as Node })));
}

/** Faults of a document that a generator would stumble over. */
function faultsOf(document: OpenApiDocument): string[] {
  const faults: string[] = [];
  const ids = new Set<unknown>();
  const shapes = new Map<string, string>();
  for (const { path, method, op } of operationsIn(document)) {
    const name = String(op['operationId']);
    if (ids.has(name)) faults.push(`${name} stands there twice`);
    ids.add(name);
    const shape = `${method} ${path.replaceAll(/\{\w+\}/g, '{}').toLowerCase()}`;
    if (shapes.has(shape)) faults.push(`${name} and ${shapes.get(shape)} have the same path`);
    shapes.set(shape, name);
    const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => String(parameter)));
    const parameters = (op['parameters'] ?? []) as Node[];
    const declared = new Set(parameters.filter((parameter) => parameter['in'] === 'path').map((parameter) => String(parameter['name'])));
    for (const parameter of inPath.symmetricDifference(declared)) faults.push(`${name}: the parameter ${parameter} is not both in the path and declared`);
    const responses = Object.entries(op['responses'] as Node);
    if (responses.length === 0) faults.push(`${name} has no responses`);
    for (const [status, response] of responses) {
      const { description, content } = ('$ref' in (response as Node) ? resolve(document, String((response as Node)['$ref'])) : response) as Node;
      if (!/^[1-5]\d\d$/.test(status)) faults.push(`${name}: ${status} is no status`);
      if (typeof description !== 'string' || description === '' || content === undefined) faults.push(`${name}: the response ${status} says nothing`);
    }
    if (typeof op['summary'] !== 'string' || op['summary'] === '') faults.push(`${name} has no summary`);
    for (const requirement of op['security'] as Node[]) {
      for (const scheme of Object.keys(requirement)) if (document.components['securitySchemes']?.[scheme] === undefined) faults.push(`${name}: unknown security scheme ${scheme}`);
    }
  }
  for (const name of Object.values(document.components).flatMap((section) => Object.keys(section))) {
    if (!/^[\w.-]+$/.test(name)) faults.push(`${name} is no name of a component`);
  }
  everyNode(document, (node) => {
    if (typeof node['$ref'] === 'string' && resolve(document, node['$ref']) === undefined) faults.push(`${node['$ref']} leads nowhere`);
    if (Object.keys(node).some((key) => key.startsWith('~'))) faults.push(`a mark of the schema library is left: ${JSON.stringify(node).slice(0, 100)}`);
    if (typeof node['pattern'] === 'string') {
      // JSON Schema reads patterns with the Unicode flag.
      try { RegExp(node['pattern'], 'u'); } catch { faults.push(`${node['pattern']} is no pattern`); }
    }
  });
  return faults;
}

const sample = operation({
  id: 'sample', family: configuration, section: '5.9.1', tag: 'Samples', method: 'PUT', path: '/apiaccess/v1/Sample/{id}', auth: 'C1',
  aliases: ['/apiaccess/v1/sample/{id}', '/apiaccess/v1/smaple/{id}'], envelope: returnCode,
  summary: 'Change a sample', perSecond: 10, requestHeaders: { 'X-Deep': 'How deep, for those who prefer headers.' }, replyHeaders: { 'X-Sample': 'Which sample it was.' },
  request: {
    path: object({ id: longId('Id of the sample.') }),
    query: object({ deep: optional(integer('How deep.', { min: 0 })) }),
    body: object({ name: optional(word('Its name.', { max: 20, also: ['title'] })), callbackUrl: optional(text('Where to tell.')) }),
  },
  result: object({ count: integer('How many.') }),
  errors: [{ name: 'sampleUnknown', status: 200, code: '7', text: 'There is no sample {id}.' }, { name: 'sampleGone', status: 410, code: '8', text: 'Sample {id} is gone.' }],
  callbacks: { changed: { summary: 'A sample has changed', body: object({ id: text('Its id.') }), reply: object({ returnCode: text('`0` when taken.') }) } },
  examples: [{ request: { id: '1234567890123456789', deep: 2, name: 'one' }, response: { returnCode: '0', count: 1 } }],
});

const entry = (document: OpenApiDocument, id: string): Node => {
  const found = operationsIn(document).find(({ op }) => op['operationId'] === id);
  assert.ok(found, `${id} stands in the document`);
  return found.op;
};

describe('the document', () => {
  test('of the whole contract has no faults and is plain JSON', async () => {
    const operations = await declaredOperations();
    assert.ok(operations.length > 5);
    const document = build(...operations);
    assert.deepEqual(faultsOf(document), []);
    assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
    assert.equal(operationsIn(document).length, operations.length);
  });

  test('spreads a request over path, query and body, and its example likewise', () => {
    const op = entry(build(sample), 'sample');
    assert.deepEqual(op['parameters'], [
      { name: 'id', in: 'path', required: true, description: 'Id of the sample.', schema: { type: 'string', minLength: 1, maxLength: 24 }, example: '1234567890123456789' },
      { name: 'deep', in: 'query', required: false, description: 'How deep.', schema: { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 }, example: 2 },
      { name: 'X-Deep', in: 'header', required: false, description: 'How deep, for those who prefer headers.', schema: { type: 'string' } },
    ]);
    const { required, content } = op['requestBody'] as { required: boolean; content: { 'application/json': { schema: { properties: Record<string, Node> }; examples: Node } } };
    assert.equal(required, false, 'nothing in the body is required');
    assert.deepEqual(content['application/json'].examples, { example1: { value: { name: 'one' } } });
    assert.deepEqual(content['application/json'].schema.properties['name'], {
      type: 'string', description: 'Its name. Also taken as `title`.', minLength: 1, maxLength: 20, pattern: '\\S', 'x-also': ['title'],
    });
  });

  test('keeps aliases beside the canonical path, unless letter case alone sets them apart', () => {
    const document = build(sample);
    assert.deepEqual(Object.keys(document.paths), ['/apiaccess/v1/Sample/{id}']);
    assert.deepEqual(entry(document, 'sample')['x-aliases'], ['/apiaccess/v1/smaple/{id}']);
  });

  test('lists every refusal by status with its code and text', () => {
    const document = build(sample);
    const responses = entry(document, 'sample')['responses'] as Record<string, Node>;
    assert.deepEqual(Object.keys(responses), ['200', '400', '401', '403', '410', '413', '429', '500', '503']);
    assert.match(String(responses['200']?.['description']), /`7` There is no sample \{id\}\./);
    assert.match(String(responses['410']?.['description']), /`8` Sample \{id\} is gone\./);
    const unauthorized = resolve(document, String(responses['401']?.['$ref'])) as Node;
    assert.ok(String(unauthorized['description']).includes(errors.unauthenticated.text));
    const content = responses['200']?.['content'] as { 'application/json': { schema: { anyOf: [Node, Node] } } };
    const [success, refusal] = content['application/json'].schema.anyOf;
    assert.deepEqual(Object.keys(success['properties'] as Node), ['returnCode', 'description', 'count']);
    assert.deepEqual(refusal, { $ref: '#/components/schemas/ReturnCodeDescriptionRefusal' });
    assert.deepEqual(responses['200']?.['headers'], { 'X-Sample': { description: 'Which sample it was.', schema: { type: 'string' } } });
  });

  test('of operations that need no sign-in promises no 401, and of those that take nothing no 400', () => {
    const op = operation({ id: 'open', family: admin, method: 'GET', path: '/admin/v1/open', auth: 'none', summary: 'Look', request: {}, result: nothing });
    assert.deepEqual(Object.keys(entry(build(op), 'open')['responses'] as Node), ['200', '429', '500', '503']);
    assert.deepEqual(build(op).components['securitySchemes'], {});
  });

  test('says how to sign in, by the schemes that are in use', () => {
    const read = operation({ id: 'read', family: admin, method: 'GET', path: '/admin/v1/things', auth: 'session', summary: 'Read', request: {}, result: nothing });
    const write = operation({ id: 'write', family: admin, method: 'POST', path: '/admin/v1/things', auth: 'session', summary: 'Write', request: {}, result: nothing });
    const document = build(read, write, sample);
    assert.deepEqual(entry(document, 'read')['security'], [{ session: [] }, { sessionToken: [] }]);
    assert.deepEqual(entry(document, 'write')['security'], [{ session: [], csrf: [] }, { sessionToken: [] }]);
    assert.deepEqual(Object.keys(document.components['securitySchemes'] ?? {}), ['C1', 'session', 'csrf', 'sessionToken']);
  });

  test('has callbacks where the request names the address and webhooks where it is configured', () => {
    const expression = '{$request.body#/callbackUrl}';
    const { changed } = entry(build(sample), 'sample')['callbacks'] as Record<string, Node>;
    assert.deepEqual(Object.keys(changed ?? {}), [expression]);
    assert.equal(build(sample)['webhooks'], undefined);
    const configured = operation({ ...sample, request: { path: sample.request.path, body: nothing } });
    assert.deepEqual(Object.keys(build(configured)['webhooks'] as Node), ['changed']);
  });

  test('tells of a stream what its events carry', () => {
    const op = operation({ id: 'follow', family: admin, method: 'GET', path: '/admin/v1/ticks', auth: 'session', summary: 'Ticks', request: {}, result: nothing, replyMedia: 'text/event-stream', events: { tick: object({ n: integer('Which.') }) } });
    const { content } = (entry(build(op), 'follow')['responses'] as Record<string, Node>)['200'] as { readonly content: Record<string, Node> };
    assert.deepEqual(Object.keys(content['text/event-stream']?.['x-events'] as Node), ['tick']);
  });

  test('marks what is not built, which answers 501 alone', () => {
    const op = operation({ ...sample, unserved: true });
    assert.deepEqual(Object.keys(entry(build(op), 'sample')['responses'] as Node), ['501']);
    assert.equal(entry(build(op), 'sample')['x-unserved'], true);
  });

  test('orders operations and tags as the reference does', () => {
    const document = build(sample, querySkills, createSkill);
    assert.deepEqual(operationsIn(document).map(({ op }) => op['x-section']), ['5.2.1', '5.2.4', '5.9.1']);
    assert.deepEqual((document['tags'] as Node[]).map(({ name }) => name), ['Skill queues', 'Samples']);
    assert.deepEqual(document['x-tagGroups'], [{ name: '5 Configuration', tags: ['Skill queues', 'Samples'] }]);
  });

  test('refuses two operations of one name or one path', () => {
    assert.throws(() => build(sample, sample), /two operations are called sample/);
    assert.throws(() => build(sample, operation({ ...sample, id: 'other' })), /declared twice/);
  });
});
