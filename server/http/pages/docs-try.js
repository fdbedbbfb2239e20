import { element, pretty } from './docs-dom.js';

const JSON_TYPE = 'application/json';
const TOKEN_PATH = '/apigovernance/api/oauth/tokenByAkSk';
const DEADLINE_MS = 60_000;

const bearer = { key: 'token', label: 'Bearer token', header: 'Authorization', form: (value) => `Bearer ${value}`, variable: '$TOKEN' };

/** What each scheme of chapter 4 needs, as request headers. */
const CREDENTIALS = {
  none: [],
  C1: [bearer],
  'C1-or-body': [bearer],
  C2: [{ key: 'signature', label: 'Authorization (auth-v2/…)', header: 'Authorization', form: (value) => value, variable: '$SIGNATURE' }],
  C3: [
    { key: 'c3-token', label: 'authToken', header: 'authToken', form: (value) => value, variable: '$AUTH_TOKEN' },
    { key: 'c3-app', label: 'appkey (optional)', header: 'appkey', form: (value) => value },
  ],
  C4: [{ key: 'guid', label: 'GUID of the agent session', header: 'guid', form: (value) => value, variable: '$GUID' }],
  C5: [{ key: 'config-guid', label: 'GUID of configLogin', header: 'Guid', form: (value) => value, variable: '$GUID' }],
  session: [
    { ...bearer, key: 'session-token', label: 'Session token (else the console\'s cookie is used)' },
    { key: 'csrf', label: 'CSRF token (with the cookie)', header: 'x-csrf-token', form: (value) => value },
    { key: 'tenant', label: 'Tenant (operators only)', header: 'x-parley-tenant', form: (value) => value },
  ],
};

const kept = (key) => sessionStorage.getItem(`docs.${key}`) ?? '';
const keep = (key, value) => { sessionStorage.setItem(`docs.${key}`, value); };
const baseUrl = () => (kept('base') || location.origin).replace(/\/+$/, '');

/** Something to start from where the reference gives no example. */
function sample(schema) {
  const [type] = [schema?.type].flat();
  if (schema?.enum !== undefined) return schema.enum[0];
  if (type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name)).map(([name, property]) => [name, sample(property)]));
  if (type === 'array') return [];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Math.max(0, schema.minimum ?? 0);
  return '';
}

export function exampleBody(op) {
  const content = op.requestBody?.content?.[JSON_TYPE];
  if (content === undefined) return undefined;
  const [example] = Object.values(content.examples ?? {});
  return pretty(example?.value ?? sample(content.schema));
}

/** The request as it would leave; parameters that are not given stand as examples or as their names. */
export function requestOf({ path, method, op }, { parameters = {}, body, placeholders = false }) {
  const query = new URLSearchParams();
  const headers = {};
  let target = path;
  for (const { name, in: place, example, required } of op.parameters ?? []) {
    const value = parameters[name] ?? (placeholders ? example : undefined) ?? '';
    if (place === 'path') target = target.replace(`{${name}}`, value === '' && placeholders ? `{${name}}` : encodeURIComponent(value));
    else if (place === 'header') {
      if (value !== '') headers[name] = value;
    } else if (value !== '') query.set(name, value);
    else if (required && placeholders) query.set(name, '');
  }
  for (const { key, header, form, variable } of CREDENTIALS[op['x-auth']] ?? []) {
    if (placeholders && variable !== undefined) headers[header] = form(variable);
    else if (!placeholders && kept(key) !== '') headers[header] = form(kept(key));
  }
  if (body !== undefined) headers['Content-Type'] = JSON_TYPE;
  return { method, url: `${baseUrl()}${target}${query.size === 0 ? '' : `?${query}`}`, headers, body };
}

const quote = (text) => `'${text.replaceAll('\'', '\'\\\'\'')}'`;

/** Variables stay open to the shell, everything else is quoted. */
const quoteHeader = (text) => (text.includes('$') ? `"${text}"` : quote(text));

export function curlOf({ method, url, headers, body }) {
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoteHeader(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quote(body)}`]),
  ].join(' \\\n  ');
}

let fieldCount = 0;

function field(label, input) {
  input.id = `field-${++fieldCount}`;
  return element('div', { class: 'field' }, element('label', { for: input.id }, label), input);
}

function keptInput(key, attributes = {}) {
  const input = element('input', { autocomplete: 'off', spellcheck: 'false', ...attributes, input: () => { keep(key, input.value.trim()); } });
  input.value = kept(key);
  return input;
}

/** Gets a C1 token for an app key; the secret is not kept. */
function tokenGetter(tokenInput) {
  const appKey = keptInput('app-key');
  const secret = element('input', { type: 'password', autocomplete: 'off' });
  const said = element('p', { class: 'quiet', role: 'status' });
  const button = element('button', {
    type: 'button',
    click: async () => {
      button.disabled = true;
      try {
        const response = await fetch(`${baseUrl()}${TOKEN_PATH}`, {
          method: 'POST', headers: { 'Content-Type': JSON_TYPE, 'X-Token-Expire': '3600' }, body: JSON.stringify({ app_key: appKey.value.trim(), app_secret: secret.value }),
          signal: AbortSignal.timeout(DEADLINE_MS),
        });
        const reply = await response.json();
        if (response.ok) {
          tokenInput.value = reply.AccessToken;
          keep('token', reply.AccessToken);
        }
        said.textContent = response.ok ? `A token for ${reply.Expires} seconds.` : reply.error?.message ?? `HTTP ${response.status}`;
      } catch (error) {
        said.textContent = `No token: ${error.message}`;
      } finally {
        button.disabled = false;
      }
    },
  }, 'Get a token');
  return element('fieldset', {}, element('legend', {}, 'Or by app key'),
    element('div', { class: 'fields' }, field('App key', appKey), field('App secret', secret)), element('div', { class: 'actions' }, button, said));
}

/** Bare numbers beyond 2^53 would be rounded by reading them, so such replies are shown as they came. */
function readable(text) {
  if (/[:[,]\s*-?\d{16,}/.test(text)) return text;
  try {
    return pretty(JSON.parse(text));
  } catch {
    return text;
  }
}

function showReply(outcome, response, text, ms) {
  const codes = /"(?:resultCode|returnCode|retCode|retcode|errorCode)"\s*:\s*"?([\w-]+)/.exec(text);
  const isGood = response.ok && (codes === null || codes[1] === '0');
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  outcome.replaceChildren(
    element('p', { class: `outcome ${isGood ? 'good' : 'bad'}` }, `HTTP ${response.status} ${response.statusText}${codes === null ? '' : `, code ${codes[1]}`}, ${Math.round(ms)} ms`),
    element('pre', { tabindex: '0' }, text === '' ? '(no body)' : readable(text)),
    element('details', {}, element('summary', {}, 'Headers'), element('pre', { tabindex: '0' }, headers)));
}

export function tryForm(entry) {
  const { op } = entry;
  const credentials = (CREDENTIALS[op['x-auth']] ?? []).map((credential) => ({ ...credential, input: keptInput(credential.key, { type: credential.key === 'tenant' ? 'text' : 'password' }) }));
  const parameters = (op.parameters ?? []).map(({ name, required, example, schema }) => {
    const input = element('input', { autocomplete: 'off', spellcheck: 'false', required });
    input.value = example ?? (required ? schema.enum?.[0] ?? '' : '');
    return { name, required, input };
  });
  const body = exampleBody(op);
  const bodyInput = element('textarea', { spellcheck: 'false', 'aria-label': 'Body (JSON)' });
  bodyInput.value = body ?? '';
  const outcome = element('div', { 'aria-live': 'polite' });
  const send = element('button', { type: 'submit', class: 'primary' }, 'Send');
  const request = () => requestOf(entry, {
    parameters: Object.fromEntries(parameters.map(({ name, input }) => [name, input.value])),
    body: body === undefined ? undefined : bodyInput.value,
  });

  const onSubmit = async (event) => {
    event.preventDefault();
    send.disabled = true;
    const { url, ...options } = request();
    const began = performance.now();
    try {
      const response = await fetch(url, { ...options, credentials: 'same-origin', signal: AbortSignal.timeout(DEADLINE_MS) });
      const isText = /json|text|xml/.test(response.headers.get('content-type') ?? 'text');
      const text = isText ? await response.text() : `(${(await response.arrayBuffer()).byteLength} bytes of ${response.headers.get('content-type')})`;
      showReply(outcome, response, text, performance.now() - began);
    } catch (error) {
      outcome.replaceChildren(element('p', { class: 'outcome bad' }, `No reply: ${error.message}`),
        element('p', { class: 'quiet' }, 'Another origin than this page\'s must allow it by PARLEY_CORS_ORIGINS.'));
    } finally {
      send.disabled = false;
    }
  };

  return element('form', { class: 'try', submit: onSubmit },
    element('div', { class: 'fields' },
      field('Base URL', Object.assign(keptInput('base', { placeholder: location.origin, type: 'url' }))),
      credentials.map(({ label, input }) => field(label, input)),
      parameters.map(({ name, required, input }) => field(required ? `${name} (required)` : name, input))),
    op['x-auth'] === 'C1' && tokenGetter(credentials[0].input),
    body !== undefined && element('h3', {}, 'Body'), body !== undefined && bodyInput,
    element('div', { class: 'actions' }, send, element('button', {
      type: 'button',
      click: async (event) => {
        const { currentTarget } = event;
        const text = curlOf(request());
        try {
          await navigator.clipboard.writeText(text);
          currentTarget.textContent = 'Copied';
        } catch {
          outcome.replaceChildren(element('pre', { tabindex: '0' }, text));
        }
      },
    }, 'Copy as curl')),
    outcome);
}
