import { element, inline } from './docs-dom.js';

const INT32 = 2 ** 31 - 1;
const DEEPEST = 5;

/** Follows a `$ref` within the document. */
export function follow(document, part) {
  if (part?.$ref === undefined) return part;
  return part.$ref.replace('#/', '').split('/').reduce((node, step) => node?.[step], document);
}

function typeOf(schema) {
  const types = [schema.type ?? (schema.properties ? 'object' : 'any')].flat();
  const words = types.map((type) => (type === 'array' ? `array of ${typeOf(schema.items ?? {})}` : type));
  return words.join(' or ');
}

function rangeOf(least, most, unit) {
  if (least === undefined && most === undefined) return undefined;
  if (least === undefined) return `up to ${most}${unit}`;
  if (most === undefined) return `${least} or more${unit}`;
  return least === most ? `exactly ${least}${unit}` : `${least} to ${most}${unit}`;
}

const code = (text) => element('code', {}, String(text));

const between = (parts, separator) => parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));

/** What a value must keep to, in words; of replies only the values they may have. */
function limitsOf(schema, isRequest) {
  const most = schema.maximum === INT32 ? undefined : schema.maximum;
  const least = schema.minimum === -INT32 ? undefined : schema.minimum;
  const limits = [
    schema.enum && ['one of ', ...between(schema.enum.map(code), ', ')],
    schema.const !== undefined && ['always ', code(schema.const)],
    ...(isRequest ? [
      rangeOf(schema.minLength, schema.maxLength, ' characters'), rangeOf(least, most, ''), schema.type === 'array' && rangeOf(schema.minItems || undefined, schema.maxItems, ' items'),
      schema.pattern === '\\S' ? 'not blank' : schema.pattern !== undefined && ['matches ', code(schema.pattern)],
    ] : []),
  ].filter(Boolean);
  return between(limits, '; ').flat();
}

/** Rows of a schema's fields, those of nested objects below their own. */
function rowsOf(schema, depth, rows) {
  const required = new Set(schema.required ?? []);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    rows.push({ name, property, depth, isRequired: required.has(name) });
    const inner = property.type === 'array' ? property.items : property;
    if (inner?.properties !== undefined && depth < DEEPEST) rowsOf(inner, depth + 1, rows);
  }
  return rows;
}

function table(rows, caption, isRequest) {
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', {},
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Field'), element('th', { scope: 'col' }, 'Type'), element('th', { scope: 'col' }, 'Meaning'))),
      element('tbody', {}, rows.map(({ name, property, depth, isRequired }) => {
        const limits = limitsOf(property, isRequest);
        return element('tr', { class: `depth-${depth}` },
          element('th', { scope: 'row' }, name, isRequest && isRequired && element('span', { class: 'required' }, 'required')),
          element('td', { class: 'type' }, typeOf(property)),
          element('td', { class: 'text' }, inline(property.description ?? ''), limits.length > 0 && element('span', { class: 'limits' }, limits)));
      }))));
}

export function fieldsTable(schema, caption, { isRequest = true } = {}) {
  const rows = rowsOf(schema ?? {}, 0, []);
  return rows.length === 0 ? undefined : table(rows, caption, isRequest);
}

export function parametersTable(parameters, caption) {
  const rows = parameters.map(({ name, schema, description, required }) => ({ name, depth: 0, isRequired: required, property: { ...schema, description } }));
  return rows.length === 0 ? undefined : table(rows, caption, true);
}
