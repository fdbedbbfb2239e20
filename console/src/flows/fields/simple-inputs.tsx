import { Autocomplete, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../../text/catalogue.ts';
import { designerTexts } from '../designer/designer-texts.ts';
import { textOf, type Path } from '../graph/json.ts';
import type { Control, Schema } from '../graph/control.ts';
import { nodeTexts } from '../node-texts.ts';
import { faultText, useNodeForm } from './node-form.ts';

export interface InputProps<K extends Control['kind']> {
  readonly path: Path;
  readonly value: unknown;
  readonly label: string;
  readonly schema: Schema;
  readonly control: Extract<Control, { readonly kind: K }>;
  readonly isRequired: boolean;
  /** Whether an empty text is a text: it is as the value of a name, and nothing as a field. */
  readonly mayBeEmpty?: boolean;
  /** Whether it is plain to the eye what it is, so that only those who hear the page are told. */
  readonly isPlain?: boolean;
}

/** Texts of this length need more than a line. */
const LONG = 300;
const CODE = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } };

/** What fields of all kinds have in common. */
export function useField({ path, label, isRequired, isPlain = false }: Pick<InputProps<'text'>, 'path' | 'label' | 'isRequired' | 'isPlain'>) {
  const { faults, mayChange, set } = useNodeForm();
  return {
    set: (next: unknown) => { set(path, next); },
    props: { ...(isPlain ? { 'aria-label': label } : { label }), withAsterisk: isRequired && !isPlain, error: faultText(faults, path), disabled: !mayChange },
  };
}

export function WordsInput({ control: { max, means }, value, mayBeEmpty = false, ...field }: InputProps<'text'>) {
  const { hints } = useText(nodeTexts);
  const { set, props } = useField(field);
  const hint = means === 'spoken' ? hints.spoken : means === 'template' ? hints.words : means === 'holiday' ? hints.holiday : means === 'jsonPath' ? hints.jsonPath : undefined;
  const given = { ...props, description: hint, maxLength: max, value: textOf(value) };
  const take = (next: string): void => { set(next === '' && !mayBeEmpty ? undefined : next); };
  return max > LONG
    ? <Textarea {...given} autosize minRows={2} maxRows={10} onChange={(event) => { take(event.currentTarget.value); }} />
    : <TextInput {...given} onChange={(event) => { take(event.currentTarget.value); }} />;
}

export function NumericInput({ control: { min, max, isWhole, isSeconds }, value, schema, ...field }: InputProps<'number'>) {
  const text = useText(designerTexts);
  const { set, props } = useField(field);
  return (
    <NumberInput
      {...props} min={min} max={max} allowDecimal={!isWhole} step={isSeconds ? 0.5 : 1} value={typeof value === 'number' ? value : ''} clampBehavior="none"
      placeholder={schema.default === undefined ? undefined : text.standard(textOf(schema.default))} onChange={(next) => { set(next === '' ? undefined : Number(next)); }}
    />
  );
}

export function FlagInput({ value, schema, ...field }: InputProps<'flag'>) {
  const { set, props: { withAsterisk: _required, ...props } } = useField(field);
  return <Switch {...props} checked={value === undefined ? schema.default === true : value === true} onChange={(event) => { set(event.currentTarget.checked); }} />;
}

export function ChoiceInput({ control: { values }, value, schema, ...field }: InputProps<'choice'>) {
  const text = useText(designerTexts);
  const { set, props } = useField(field);
  return (
    <Select
      {...props} data={[...values]} value={textOf(value) || null} clearable={!field.isRequired} placeholder={schema.default === undefined ? undefined : text.standard(textOf(schema.default))}
      onChange={(next) => { set(next ?? undefined); }}
    />
  );
}

export function VariableInput({ value, ...field }: InputProps<'variable'>) {
  const { variables } = useNodeForm();
  const { set, props } = useField(field);
  return <Autocomplete {...props} styles={CODE} data={[...variables]} value={textOf(value)} onChange={(next) => { set(next === '' ? undefined : next); }} />;
}

export function ExpressionInput({ control: { isCondition }, value, ...field }: InputProps<'expression'>) {
  const { hints } = useText(nodeTexts);
  const { set, props } = useField(field);
  return (
    <Textarea
      {...props} styles={CODE} autosize minRows={1} maxRows={6} spellCheck={false} value={textOf(value)} placeholder={isCondition ? hints.condition : undefined} description={isCondition ? undefined : hints.expression}
      onChange={(event) => { set(event.currentTarget.value === '' ? undefined : event.currentTarget.value); }}
    />
  );
}

const asText = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2));

export function JsonField({ value, ...field }: InputProps<'json'>) {
  const { hints } = useText(nodeTexts);
  const text = useText(designerTexts);
  const { faults } = useNodeForm();
  const { set, props } = useField(field);
  const [typed, setTyped] = useState(() => asText(value));
  const [isBad, setIsBad] = useState(false);
  // What is undone is undone here too; what is being typed is not put in order meanwhile.
  useEffect(() => { setTyped((before) => (parsed(before)?.value === undefined || asText(parsed(before)?.value) !== asText(value) ? asText(value) : before)); }, [value]);
  return (
    <Textarea
      {...props} styles={CODE} autosize minRows={3} maxRows={14} spellCheck={false} description={hints.json} value={typed} error={isBad ? text.badJson : faultText(faults, field.path, true)}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const read = parsed(next);
        setTyped(next);
        setIsBad(read === undefined);
        if (read !== undefined) set(read.value);
      }}
    />
  );
}

/** What a text says as JSON; undefined where it is none. Nothing at all is no value. */
export function parsed(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
