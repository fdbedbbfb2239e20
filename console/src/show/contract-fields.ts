import type { Operation } from '@parley/contract/operation.ts';
import { catalogue, useText } from '../text/catalogue.ts';
import { flawOf, limitsOf } from './contract-limits.ts';

const texts = catalogue({
  en: {
    missing: 'This is needed', form: 'This has characters that do not belong here',
    tooShort: (limit: number) => `At least ${limit} characters`, tooLong: (limit: number) => `At most ${limit} characters`,
    tooSmall: (limit: number) => `At least ${limit}`, tooLarge: (limit: number) => `At most ${limit}`,
  },
  zh: {
    missing: '此项必填', form: '包含不允许的字符',
    tooShort: (limit: number) => `至少 ${limit} 个字符`, tooLong: (limit: number) => `最多 ${limit} 个字符`,
    tooSmall: (limit: number) => `不能小于 ${limit}`, tooLarge: (limit: number) => `不能大于 ${limit}`,
  },
});

export interface ContractFields {
  /** For `validate` of a form: what is wrong with a value, in words; `form` says what the field takes where that is not plain. */
  readonly check: (name: string, form?: string) => (value: unknown) => string | null;
  /** For a field in which one types: what it needs and how long it may be. */
  readonly typed: (name: string) => { readonly required: boolean; readonly maxLength?: number };
  /** For a field of a number. */
  readonly numeric: (name: string) => { readonly required: boolean; readonly min?: number; readonly max?: number; readonly allowDecimal: false };
}

/** How the fields of a form are held to what the contract says of the operation that they are for. */
export function useContractFields(op: Pick<Operation, 'id' | 'request'>): ContractFields {
  const text = useText(texts);
  return {
    check: (name, form = text.form) => (value) => {
      const flaw = flawOf(limitsOf(op, name), value);
      if (flaw === undefined) return null;
      if ('limit' in flaw) return text[flaw.kind](flaw.limit);
      return flaw.kind === 'missing' ? text.missing : form;
    },
    typed: (name) => {
      const { isNeeded, minLength, maxLength } = limitsOf(op, name);
      return { required: isNeeded && minLength > 0, maxLength };
    },
    numeric: (name) => {
      const { isNeeded, minimum, maximum } = limitsOf(op, name);
      return { required: isNeeded, min: minimum, max: maximum, allowDecimal: false };
    },
  };
}
