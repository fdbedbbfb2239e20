import type { TObject, TSchema } from 'typebox';
import { chapterOf, compareSections } from './chapters.ts';
import { securityOf, securitySchemes } from './openapi-security.ts';
import { envelopeOf, type Operation, mountsOf } from './operation.ts';
import type { RefusalKind } from './refusal.ts';

type Json = Readonly<Record<string, unknown>>;

export interface OpenApiOptions {
  /** Those that are really mounted. */
  readonly operations: readonly Operation[];
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  readonly servers?: readonly { readonly url: string; readonly description?: string }[];
}

export interface OpenApiDocument extends Json {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

/** The OpenAPI 3.1 document of the operations given, as plain JSON. */
export function buildOpenApi({ operations, title, version, description, servers = [{ url: '/' }] }: OpenApiOptions): OpenApiDocument {
  const sorted = operations.toSorted((one, other) => compareSections(one.section, other.section));
  const shared = createShared();
  const paths: Record<string, Record<string, Json>> = {};
  const ids = new Set<string>();
  for (const op of sorted) {
    if (ids.has(op.id)) throw new Error(`two operations are called ${op.id}`);
    ids.add(op.id);
    const item = (paths[op.path] ??= {});
    const method = op.method.toLowerCase();
    if (item[method] !== undefined) throw new Error(`${op.id}: ${op.method} ${op.path} is declared twice`);
    item[method] = describeOperation(op, shared);
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title, version, ...(description === undefined ? {} : { description }), license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers,
    ...tagsOf(sorted),
    paths,
    ...webhooksOf(sorted),
    components: { schemas: shared.schemas, responses: shared.responses, securitySchemes: securitySchemes(sorted) as Record<string, Json> },
  };
}

/** Parts that many operations have in common, each stored once under a name of its own. */
interface Shared {
  readonly schemas: Record<string, Json>;
  readonly responses: Record<string, Json>;
  readonly schema: (name: string, schema: Json) => Json;
  readonly response: (name: string, response: Json) => Json;
}

function createShared(): Shared {
  const keeper = (section: string) => {
    const kept: Record<string, Json> = {};
    const names = new Map<string, string>();
    return {
      kept,
      keep: (wanted: string, part: Json): Json => {
        const text = JSON.stringify(part);
        let name = names.get(text);
        if (name === undefined) {
          name = wanted;
          for (let count = 2; name in kept; count++) name = `${wanted}.${count}`;
          names.set(text, name);
          kept[name] = part;
        }
        return { $ref: `#/components/${section}/${name}` };
      },
    };
  };
  const schemas = keeper('schemas');
  const responses = keeper('responses');
  return { schemas: schemas.kept, responses: responses.kept, schema: schemas.keep, response: responses.keep };
}

/** Tags in the order of the reference; a tag stands in the chapter from which most of its operations come. */
function tagsOf(sorted: readonly Operation[]): Json {
  const tags: Json[] = [];
  const groups = new Map<string, string[]>();
  for (const [name, members] of Map.groupBy(sorted, tagOf)) {
    const section = mostFrequent(members.map((op) => op.section?.split('.').slice(0, 2).join('.')).filter((number) => number !== undefined));
    tags.push({
      name, description: section === undefined ? 'Parley\'s own.' : `Section ${section} of the API reference.`,
      ...(section === undefined ? {} : { 'x-section': section }), 'x-family': members[0]?.family.id,
    });
    const { number, title } = chapterOf({ family: (members[0] as Operation).family, ...(section === undefined ? {} : { section }) });
    const group = number === '' ? title : `${number} ${title}`;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  const inOrder = [...groups].toSorted(([one], [other]) => compareSections(/^\d+/.exec(one)?.[0], /^\d+/.exec(other)?.[0]));
  return { tags, 'x-tagGroups': inOrder.map(([name, members]) => ({ name, tags: members })) };
}

function mostFrequent(values: readonly string[]): string | undefined {
  return [...Map.groupBy(values, (value) => value)].toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0];
}

const tagOf = (op: Operation): string => op.tag ?? op.family.title;

function describeOperation(op: Operation, shared: Shared): Json {
  const { path, query, body } = op.request;
  const example = op.examples?.find(({ request }) => request !== undefined)?.request as Json | undefined;
  const [, ...others] = mountsOf(op);
  const aliases = others.map(({ method, path: alias }) => (method === op.method ? alias : `${method} ${alias}`));
  const headers = Object.entries(op.requestHeaders ?? {}).map(([name, description]) => ({ name, in: 'header', required: false, description, schema: { type: 'string' } }));
  const parameters = [...parametersOf(path, 'path', example), ...parametersOf(query, 'query', example), ...headers];
  return {
    operationId: op.id,
    tags: [tagOf(op)],
    summary: op.summary,
    ...(op.description === undefined ? {} : { description: op.description }),
    ...(op.section === undefined ? {} : { 'x-section': op.section }),
    'x-family': op.family.id,
    'x-auth': op.auth,
    ...(aliases.length === 0 ? {} : { 'x-aliases': aliases }),
    ...(op.permission === undefined ? {} : { 'x-permission': op.permission }),
    ...(op.perSecond === undefined ? {} : { 'x-per-second': op.perSecond }),
    ...(op.maxBodyBytes === undefined ? {} : { 'x-max-body-bytes': op.maxBodyBytes }),
    ...(op.unserved === true ? { 'x-unserved': true } : {}),
    security: securityOf(op),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: requestBody(body, op) }),
    responses: responsesOf(op, shared),
    'x-refusals': refusalsOf(op).map(({ name, status, code, reason, text }) => ({ name, status, code, ...(reason === undefined ? {} : { reason }), text })),
    ...callbacksOf(op),
  };
}

function parametersOf(part: TObject | undefined, place: 'path' | 'query', example: Json | undefined): Json[] {
  if (part === undefined) return [];
  const { properties = {}, required = [] } = plainSchema(part) as { properties?: Record<string, Json>; required?: readonly string[] };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name, in: place, required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
    ...(example?.[name] === undefined ? {} : { example: example[name] }),
  }));
}

function requestBody(body: TObject, op: Operation): Json {
  const schema = plainSchema(body) as { required?: readonly string[] };
  const elsewhere = new Set([...Object.keys(op.request.path?.properties ?? {}), ...Object.keys(op.request.query?.properties ?? {})]);
  const requests = (op.examples ?? []).flatMap(({ request }) => (request === undefined ? [] : [Object.fromEntries(Object.entries(request).filter(([name]) => !elsewhere.has(name)))]));
  return {
    required: (schema.required ?? []).length > 0,
    content: { 'application/json': { schema, ...examplesOf(requests) } },
  };
}

function examplesOf(values: readonly object[]): Json {
  if (values.length === 0) return {};
  return { examples: Object.fromEntries(values.map((value, index) => [`example${index + 1}`, { value: JSON.parse(JSON.stringify(value)) as unknown }])) };
}

/** What the operation may refuse with: its own and those that the HTTP layer says for every operation of the family. */
export function refusalsOf(op: Operation): readonly RefusalKind[] {
  const { refusals } = op.family;
  const { body } = op.request;
  const takesInput = body !== undefined || op.request.path !== undefined || op.request.query !== undefined;
  if (op.unserved === true) return [refusals.unserved];
  return [...new Set([
    ...(op.errors ?? []),
    ...(body === undefined ? [] : [refusals.malformed]),
    ...(takesInput ? [refusals.invalid] : []),
    ...(op.auth === 'none' ? [] : [refusals.unauthenticated, refusals.forbidden, refusals.locked]),
    ...(op.method === 'GET' ? [] : [refusals.tooLarge]),
    refusals.tooMany, refusals.overloaded, refusals.internal,
  ])];
}

function responsesOf(op: Operation, shared: Shared): Json {
  const envelope = envelopeOf(op);
  const refusalSchema = plainSchema(envelope.refusalSchema) as { properties?: Json };
  const refusalName = `${Object.keys(refusalSchema.properties ?? {}).map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join('')}Refusal`;
  const refusal = shared.schema(refusalName, refusalSchema);
  const byStatus = Map.groupBy(refusalsOf(op), ({ status }) => status);
  const responses: Record<string, Json> = {};

  if (op.unserved !== true) {
    const refusedWith200 = byStatus.get(200) ?? [];
    const success = plainSchema(envelope.schema(op.result));
    const headers = Object.entries(op.replyHeaders ?? {});
    responses['200'] = {
      description: refusedWith200.length === 0 ? 'Done.' : `Done, or refused by the business:\n\n${listOf(refusedWith200)}`,
      ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers.map(([name, description]) => [name, { description, schema: { type: 'string' } }])) }),
      content: op.replyMedia === undefined ? {
        'application/json': {
          schema: refusedWith200.length === 0 ? success : { anyOf: [success, refusal] },
          ...examplesOf((op.examples ?? []).flatMap(({ response }) => (response === undefined ? [] : [response]))),
        },
      } : { [op.replyMedia]: eventsOf(op), ...(refusedWith200.length === 0 ? {} : { 'application/json': { schema: refusal } }) },
    };
  }
  for (const [status, kinds] of [...byStatus].toSorted(([one], [other]) => one - other)) {
    if (responses[status] !== undefined) continue;
    const response = { description: `Refused:\n\n${listOf(kinds)}`, content: { 'application/json': { schema: refusal } } };
    const isStandard = kinds.every((kind) => Object.values(op.family.refusals).includes(kind));
    responses[status] = isStandard ? shared.response(`${op.family.id}.${status}`, response) : response;
  }
  return responses;
}

/** OpenAPI has no words for streams of events. */
const eventsOf = ({ events }: Operation): Json =>
  (events === undefined ? {} : { 'x-events': Object.fromEntries(Object.entries(events).map(([name, schema]) => [name, plainSchema(schema)])) });

const listOf = (kinds: readonly RefusalKind[]): string => kinds.map(({ code, reason, text }) => `- \`${code}\` ${reason === undefined ? '' : `(\`${reason}\`) `}${text}`).join('\n');

type Callback = NonNullable<Operation['callbacks']>[string];

const describeCallback = ({ body, reply, summary }: Callback): Json => ({
  post: {
    summary,
    requestBody: { required: true, content: { 'application/json': { schema: plainSchema(body) } } },
    responses: { 200: { description: 'What the receiver answers.', content: { 'application/json': { schema: plainSchema(reply) } } } },
  },
});

/** The field of the request that names where to call back; without one the tenant has configured the address. */
function callbackField(op: Operation): string | undefined {
  const names = Object.entries(op.request.body?.properties ?? {}).flatMap(([name, schema]) => [name, ...Object.keys('properties' in schema ? schema.properties as object : {}).map((inner) => `${name}/${inner}`)]);
  return names.find((name) => /(callback|notify)\w*ur[il]$/i.test(name));
}

function callbacksOf(op: Operation): Json {
  const field = callbackField(op);
  const callbacks = Object.entries(op.callbacks ?? {});
  if (field === undefined || callbacks.length === 0) return {};
  return { callbacks: Object.fromEntries(callbacks.map(([name, callback]) => [name, { [`{$request.body#/${field}}`]: describeCallback(callback) }])) };
}

function webhooksOf(sorted: readonly Operation[]): Json {
  const webhooks = sorted.filter((op) => callbackField(op) === undefined).flatMap((op) => Object.entries(op.callbacks ?? {}));
  return webhooks.length === 0 ? {} : { webhooks: Object.fromEntries(webhooks.map(([name, callback]) => [name, describeCallback(callback)])) };
}

/** The schema as JSON alone: marks of the schema library fall away, other spellings are told in the description. */
function plainSchema(schema: TSchema): Json {
  return plain(JSON.parse(JSON.stringify(schema))) as Json;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !key.startsWith('~')).map(([key, inner]): [string, unknown] => [key, plain(inner)]);
  const result: Record<string, unknown> = Object.fromEntries(entries);
  const also = result['x-also'];
  if (Array.isArray(also)) {
    const hint = `Also taken as ${also.map((name) => `\`${String(name)}\``).join(', ')}.`;
    result['description'] = typeof result['description'] === 'string' && result['description'] !== '' ? `${result['description']} ${hint}` : hint;
  }
  return result;
}
