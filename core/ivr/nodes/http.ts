import { namedReference, oneOf, optional, seconds, table, target, template, variable, withDefault, type Field, type Values } from '../field.ts';
import { parseReply, readJsonPath, readJsonTemplate, renderJson, textAt, type JsonPath, type JsonTemplate } from '../json.ts';
import { NAME, wrongName } from '../names.ts';
import { fail, go, nodeType, stay, type HttpRequest, type Nothing, type Run } from '../node-type.ts';
import type { Place } from '../reading.ts';
import { hasVariables, headOf, type Template } from '../template.ts';

const MAX_BODY = 64 * 1024;
const MAX_URL = 4000;

const body: Field<JsonTemplate> = { isOptional: false, schema: { 'x-kind': 'json' }, read: (value, place) => readJsonTemplate(value, place) };
const path: Field<JsonPath> = { isOptional: false, schema: { type: 'string', 'x-kind': 'jsonPath' }, read: readJsonPath };
const paths = table(path, { max: 20, key: NAME, form: 'a variable' });
const into: typeof paths = {
  ...paths,
  read: (value, place) => {
    const read = paths.read(value, place);
    for (const name of Object.keys(read ?? {})) {
      const wrong = wrongName(name);
      if (wrong === undefined) place.reading.assigned.add(name);
      else place.inside(name).fault(wrong);
    }
    return read;
  },
};
const headers = table(template(1000), { max: 20, key: /^[A-Za-z0-9-]{1,64}$/, form: 'a header: letters, digits and -' });

const fields = {
  method: withDefault(oneOf(['GET', 'POST', 'PUT']), 'GET'),
  url: template(2000),
  headers: optional(headers),
  /** JSON, in whose texts there may be variables. */
  body: optional(body),
  /** Name of a shared key of the tenant's, which is sent as `authorization: Bearer`. Secrets do not belong in a definition. */
  key: optional(namedReference('key')),
  timeoutSeconds: withDefault(seconds(0.5, 20), 5),
  /** Variables, and where in the reply their values stand. */
  into: optional(into),
  statusInto: optional(variable),
  next: target,
  error: optional(target),
};

type Node = Values<typeof fields>;

/** The one client sets or forbids these itself, or they belong to a key. */
const KEPT: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'te', 'trailer']);

/** Who is called is written in the definition: no caller's keys can lead elsewhere. */
function checkUrl(url: Template, place: Place): void {
  const head = headOf(url);
  if (hasVariables(url) && /^https?:\/\/[^/?#\\@]*$/.test(head)) place.fault('must have a / before its first variable: no variable may be part of the host');
  else if (URL.parse(head) === null || !/^https?:\/\/[^/?#\\@]+(?:[/?]|$)/.test(head)) place.fault('must begin with http:// or https:// and a host');
  else if (/\s/.test(url.filter((part) => typeof part === 'string').join(''))) place.fault('must not have blanks in it');
}

const DOTS = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/** Undefined where values make something else of the request than was written. */
function requestOf(node: Node, run: Run): HttpRequest | undefined {
  const url = run.render(node.url, encodeURIComponent);
  const [beforeQuery = ''] = url.split(/[?#]/);
  if (url.length > MAX_URL || DOTS.test(beforeQuery.replace(/^https?:\/\/[^/]*/, ''))) return undefined;
  const given = Object.entries(node.headers ?? {}).map(([name, value]) => [name.toLowerCase(), run.render(value)] as const);
  // Anything else would not be one header.
  if (given.some(([, value]) => !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))) return undefined;
  const json = node.body === undefined ? undefined : renderJson(node.body, run.text);
  if (json !== undefined && json.length > MAX_BODY) return undefined;
  return {
    method: node.method, url,
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...Object.fromEntries(given) },
    ...(json === undefined ? {} : { body: json }), ...(node.key === undefined ? {} : { key: node.key }), deadlineMs: node.timeoutSeconds * 1000,
  };
}

export const http = nodeType({
  name: 'http',
  summary: 'Asks a web service, and keeps parts of its JSON reply in variables. Any answer but 2xx, or none in time, fails.',
  fields,
  waits: false,
  check: ({ method, url, headers: given, body: sent }, place) => {
    checkUrl(url, place.inside('url'));
    if (method === 'GET' && sent !== undefined) place.inside('body').fault('is not for GET');
    for (const name of Object.keys(given ?? {})) {
      if (KEPT.has(name.toLowerCase())) place.inside('headers').inside(name).fault('cannot be set here; for authorization name a shared key in "key"');
    }
  },
  enter: (node, run) => {
    const request = requestOf(node, run);
    return request === undefined ? fail('request') : stay({ kind: 'http', request });
  },
  on: ({ into: parts = {}, statusInto, next }, _memory: Nothing, answer) => {
    if (answer.kind === 'failed') return fail('http');
    if (answer.kind !== 'answered') return undefined;
    const { status } = answer;
    if (status < 200 || status > 299) return fail(`http ${status}`);
    const wanted = Object.entries(parts);
    const reply = wanted.length === 0 ? { value: undefined } : parseReply(answer.body);
    if (reply === undefined) return fail('reply');
    return go(next, {
      ...Object.fromEntries(wanted.map(([name, where]) => [name, textAt(reply.value, where)])),
      ...(statusInto === undefined ? {} : { [statusInto]: String(status) }),
    });
  },
});
