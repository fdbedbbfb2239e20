import { copyable, element, inline, pretty, prose } from './docs-dom.js';
import { fieldsTable, follow, parametersTable } from './docs-fields.js';
import { curlOf, exampleBody, requestOf, tryForm } from './docs-try.js';

const AUTH = {
  none: 'No sign-in', C1: 'C1 bearer token', 'C1-or-body': 'C1 bearer token, or account and password', C2: 'C2 signature', C3: 'C3 chatbot token',
  C4: 'C4 agent session', C5: 'C5 configuration session', session: 'Console session',
};

const JSON_TYPE = 'application/json';

/** The schema of a success and, where one comes with the same status, the refusal's beside it. */
function successOf(document, op) {
  const response = follow(document, op.responses['200']);
  const content = response?.content?.[JSON_TYPE];
  const schema = follow(document, content?.schema);
  const media = Object.keys(response?.content ?? {}).find((type) => type !== JSON_TYPE);
  if (media !== undefined) return { response, media, examples: [] };
  return { response, schema: follow(document, schema?.anyOf?.[0]) ?? schema, examples: Object.values(content?.examples ?? {}).map(({ value }) => value) };
}

function refusalsTable(refusals) {
  if (refusals.length === 0) return undefined;
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Refusals' },
    element('table', {},
      element('thead', {}, element('tr', {}, ['HTTP', 'Code', 'Text'].map((title) => element('th', { scope: 'col' }, title)))),
      element('tbody', {}, refusals.toSorted((one, other) => one.status - other.status).map(({ status, code, reason, text }) =>
        element('tr', {}, element('td', {}, String(status)), element('td', {}, element('code', {}, reason === undefined ? code : `${code} ${reason}`)), element('td', { class: 'text' }, inline(text.replace(/\{(\w+)\}/g, '‹$1›'))))))));
}

const section = (title, ...content) => {
  const filled = content.flat().filter((part) => part !== undefined && part !== false);
  return filled.length === 0 ? [] : [element('h2', {}, title), ...filled];
};

function callbacksOf(document, op) {
  return Object.entries(op.callbacks ?? {}).flatMap(([name, addresses]) => Object.entries(addresses).flatMap(([address, item]) => [
    element('h3', {}, `${name}: ${item.post.summary}`),
    element('p', { class: 'quiet' }, 'POST to ', element('code', {}, address)),
    fieldsTable(item.post.requestBody.content[JSON_TYPE].schema, `What ${name} sends`, { isRequest: false }),
  ]));
}

/** Everything there is to say of one operation. */
export function operationView(document, { path, method, op }) {
  const parameters = op.parameters ?? [];
  const body = op.requestBody?.content?.[JSON_TYPE]?.schema;
  const success = successOf(document, op);
  const requests = Object.values(op.requestBody?.content?.[JSON_TYPE]?.examples ?? {}).map(({ value }) => value);
  const badges = [
    op['x-section'] !== undefined && `Section ${op['x-section']}`, AUTH[op['x-auth']] ?? op['x-auth'],
    op['x-permission'] !== undefined && `Permission ${op['x-permission']}`,
    op['x-per-second'] !== undefined && `${op['x-per-second']} a second`,
    op['x-max-body-bytes'] !== undefined && `Body up to ${Math.round(op['x-max-body-bytes'] / 1048576)} MB`,
  ].filter(Boolean);
  const headers = Object.entries(success.response?.headers ?? {});
  return [
    element('h1', {}, op.summary),
    element('div', { class: 'address' }, element('span', { class: `method ${method}` }, method), element('code', {}, path)),
    element('ul', { class: 'badges' }, element('li', {}, element('code', {}, op.operationId)), badges.map((badge) => element('li', {}, badge)),
      op['x-unserved'] === true && element('li', { class: 'warning' }, 'Not built yet: answers 501')),
    op.description !== undefined && prose(op.description),
    op['x-aliases'] !== undefined && element('p', { class: 'aliases' }, 'Also served at ', op['x-aliases'].flatMap((alias, index) => [index === 0 ? '' : ', ', element('code', {}, alias)])),
    section('Path', parametersTable(parameters.filter((parameter) => parameter.in === 'path'), 'Path parameters')),
    section('Query', parametersTable(parameters.filter((parameter) => parameter.in === 'query'), 'Query parameters')),
    section('Headers', parametersTable(parameters.filter((parameter) => parameter.in === 'header'), 'Request headers')),
    section('Request', fieldsTable(body, 'Request fields')),
    section('Reply', success.media !== undefined && element('p', {}, 'A file of the type ', element('code', {}, success.media), '.'), fieldsTable(success.schema, 'Reply fields', { isRequest: false }),
      headers.length > 0 && element('p', {}, 'Headers: ', headers.flatMap(([name, { description }], index) => [index === 0 ? '' : '; ', element('code', {}, name), ` ${description}`]))),
    section('Refusals', refusalsTable(op['x-refusals'] ?? [])),
    section('Example', element('div', { class: 'pair' },
      requests.length > 0 && element('div', {}, element('h3', {}, 'Request'), requests.map((request) => copyable(pretty(request)))),
      success.examples.length > 0 && element('div', {}, element('h3', {}, 'Reply'), success.examples.map((reply) => copyable(pretty(reply))))),
    element('h3', {}, 'By curl'), copyable(() => curlOf(requestOf({ path, method, op }, { body: exampleBody(op), placeholders: true })))),
    section('Callbacks', callbacksOf(document, op)),
    op['x-unserved'] !== true && section('Try it', tryForm({ path, method, op })),
  ].flat(2).filter((part) => part !== undefined && part !== false);
}

/** What is seen first: what there is, by chapter. */
export function overview(document, groups) {
  return [
    element('h1', {}, document.info.title),
    document.info.description !== undefined ? prose(document.info.description) : [],
    element('p', {}, 'Choose an operation on the left, or press ', element('code', {}, '/'), ' to search. Everything listed here is served by this installation; the same as data is ',
      element('a', { href: '/openapi.json' }, 'openapi.json'), ' (OpenAPI 3.1).'),
    ...groups.flatMap(({ name, tags }) => [
      element('h2', {}, name),
      element('div', { class: 'scroll' }, element('table', { class: 'overview' }, element('tbody', {}, tags.flatMap(({ operations }) => operations).map(({ op, method }) =>
        element('tr', {}, element('td', {}, element('a', { href: `#${op.operationId}` }, op.operationId)),
          element('td', {}, element('span', { class: `method ${method}` }, method)), element('td', {}, op['x-section'] ?? ''), element('td', {}, op.summary)))))),
    ]),
  ].flat();
}
