import type { queryThirdPartyCustomerInfo, thirdPartyValidate } from '@parley/contract/third-party/proxy.ts';
import type { Result } from '@parley/contract/operation.ts';

type Customer = Result<typeof queryThirdPartyCustomerInfo>;
type Property = Customer[number]['values'][number];
type Fields = Readonly<Record<string, unknown>>;

const MOST_TEXT = 10_000;
const MOST_OBJECTS = 100;
const MOST_VALUES = 1000;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown, most: number): value is readonly unknown[] => Array.isArray(value) && value.length <= most;

/** Systems of the field send numbers where text is agreed on, and the other way round. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
  return text.slice(0, MOST_TEXT);
}

const flagOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined);

function readItems(value: unknown): Property['dictItems'] {
  if (!isList(value, MOST_VALUES)) return undefined;
  return value.filter(isFields).map((item) => ({ key: textOf(item['key']) ?? '', value: textOf(item['value']) ?? '' }));
}

function readProperty(fields: Fields): Property {
  const [valueNo, length, maskStyle] = [textOf(fields['valueNo']), textOf(fields['length']), textOf(fields['maskStyle'])];
  const [isMandatory, dictItems] = [flagOf(fields['isMandatory']), readItems(fields['dictItems'])];
  return {
    name: textOf(fields['name']) ?? '', value: textOf(fields['value']) ?? '', type: textOf(fields['type']) ?? '1',
    ...(valueNo === undefined ? {} : { valueNo }), ...(length === undefined ? {} : { length }), ...(maskStyle === undefined ? {} : { maskStyle }),
    ...(isMandatory === undefined ? {} : { isMandatory }), ...(dictItems === undefined ? {} : { dictItems }),
  };
}

/** What the tenant's system knows of a customer; undefined where it answered in no form that was agreed on. */
export function readCustomer(answer: unknown): Customer | undefined {
  if (!isList(answer, MOST_OBJECTS) || !answer.every(isFields)) return undefined;
  const objects: Customer = [];
  for (const fields of answer) {
    const { objectName, values } = fields;
    if (typeof objectName !== 'string' || !isList(values, MOST_VALUES)) return undefined;
    objects.push({ objectName: objectName.slice(0, MOST_TEXT), values: values.filter(isFields).map(readProperty) });
  }
  return objects;
}

/** Whether the tenant's system knows a token. */
export function readValidation(answer: unknown): Result<typeof thirdPartyValidate> | undefined {
  if (!isFields(answer)) return undefined;
  const code = textOf(answer['retCode']) ?? '';
  return /^-?\d{1,9}$/.test(code) ? { retCode: Number(code), message: textOf(answer['message']) ?? '' } : undefined;
}
