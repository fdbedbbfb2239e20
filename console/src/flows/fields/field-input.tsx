import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../text/catalogue.ts';
import { designerTexts } from '../designer/designer-texts.ts';
import { WRONG_INK } from '../designer/look.ts';
import { controlOf, fieldsIn, type Schema } from '../graph/control.ts';
import { fieldOf, jsonOf, renamed, valueAt, without, type Path } from '../graph/json.ts';
import { fieldText, nodeTexts } from '../node-texts.ts';
import { faultText, useNodeForm } from './node-form.ts';
import { PromptInput } from './prompt-input.tsx';
import { ThingInput, WayInput } from './reference-inputs.tsx';
import { ChoiceInput, ExpressionInput, FlagInput, JsonField, NumericInput, VariableInput, WordsInput, type InputProps } from './simple-inputs.tsx';

export interface FieldInputProps {
  readonly schema: Schema;
  readonly path: Path;
  readonly label: string;
  readonly isRequired: boolean;
  readonly mayBeEmpty?: boolean;
  readonly isPlain?: boolean;
}

/** The field of a node as its schema asks for it. */
export function FieldInput({ schema, path, label, isRequired, mayBeEmpty, isPlain }: FieldInputProps) {
  const { value: node } = useNodeForm();
  const control = controlOf(schema);
  const given = { schema, path, label, isRequired, mayBeEmpty, isPlain, value: valueAt(node, path) };
  switch (control.kind) {
    case 'text':
      return <WordsInput {...given} control={control} />;
    case 'number':
      return <NumericInput {...given} control={control} />;
    case 'flag':
      return <FlagInput {...given} control={control} />;
    case 'choice':
      return <ChoiceInput {...given} control={control} />;
    case 'node':
      return <WayInput {...given} control={control} />;
    case 'variable':
      return <VariableInput {...given} control={control} />;
    case 'expression':
      return <ExpressionInput {...given} control={control} />;
    case 'reference':
      return <ThingInput {...given} control={control} />;
    case 'prompt':
      return <PromptInput {...given} control={control} renderField={(inner, at, name) => <FieldInput schema={inner} path={at} label={name} isRequired mayBeEmpty isPlain={inner.type !== 'object'} />} />;
    case 'list':
      return <ListInput {...given} control={control} />;
    case 'table':
      return <TableInput {...given} control={control} />;
    case 'group':
      return <GroupInput schema={schema} path={path} />;
    case 'json':
      return <JsonField {...given} control={control} />;
    default:
      return control satisfies never;
  }
}

/** Fields that belong together, such as a condition and where it leads. */
function GroupInput({ schema, path }: { readonly schema: Schema; readonly path: Path }) {
  const nodes = useText(nodeTexts);
  const { type } = useNodeForm();
  // What is in a list goes by the list's name, such as the `to` of a case.
  const inside = path.find((step) => typeof step === 'string') ?? type;
  return (
    <Stack gap="xs">
      {fieldsIn(schema).map(({ name, schema: inner, isRequired }) => (
        <div key={name} data-field={fieldOf([...path, name])}><FieldInput schema={inner} path={[...path, name]} label={fieldText(nodes, inside, name)} isRequired={isRequired} /></div>
      ))}
    </Stack>
  );
}

function RemoveEntry({ what, onRemove }: { readonly what: string; readonly onRemove: () => void }) {
  const text = useText(designerTexts);
  return <ActionIcon variant="subtle" color="gray" aria-label={text.removeEntry(what)} onClick={onRemove}><X size={16} /></ActionIcon>;
}

function ListInput({ path, value, label, control: { of, max } }: InputProps<'list'>) {
  const text = useText(designerTexts);
  const { faults, mayChange, set } = useNodeForm();
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const isGroup = controlOf(of).kind === 'group';
  const take = (next: readonly unknown[]): void => { set(path, next.length === 0 ? undefined : next); };
  const wrong = faultText(faults, path);
  return (
    <Fieldset legend={label} p="xs" disabled={!mayChange}>
      <Stack gap="sm">
        {items.map((_item, index) => {
          const name = `${label} ${index + 1}`;
          return (
            <Group key={index} gap={4} wrap="nowrap" align="flex-start" pt={isGroup && index > 0 ? 'sm' : 0} style={isGroup && index > 0 ? { borderTop: '1px solid var(--mantine-color-default-border)' } : undefined}>
              <Stack gap={0} flex={1} data-field={fieldOf([...path, index])}><FieldInput schema={of} path={[...path, index]} label={name} isRequired={false} mayBeEmpty isPlain /></Stack>
              <RemoveEntry what={name} onRemove={() => { take(items.toSpliced(index, 1)); }} />
            </Group>
          );
        })}
        {wrong !== undefined && <Text size="xs" c={WRONG_INK}>{wrong}</Text>}
        {items.length < max && <Group><Button size="compact-xs" variant="subtle" leftSection={<Plus size={14} />} onClick={() => { take([...items, isGroup ? {} : '']); }}>{text.addEntry}</Button></Group>}
      </Stack>
    </Fieldset>
  );
}

/** Names that are tried when one more is added: the keys of a telephone, then words. */
const NAMES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#', ...Array.from({ length: 100 }, (_, index) => `name${index + 1}`)];

function TableInput({ path, value, label, control: { of, names, max } }: InputProps<'table'>) {
  const text = useText(designerTexts);
  const { faults, mayChange, set } = useNodeForm();
  const table = jsonOf(value);
  const entries = Object.keys(table);
  const next = NAMES.find((name) => names.test(name) && !Object.hasOwn(table, name));
  const wrong = faultText(faults, path);
  return (
    <Fieldset legend={label} p="xs" disabled={!mayChange}>
      <Stack gap="xs">
        {entries.map((name) => (
          <Group key={name} gap={4} wrap="nowrap" align="flex-end">
            <EntryName name={name} label={label} isFree={(to) => names.test(to) && !Object.hasOwn(table, to)} onRename={(to) => { set(path, renamed(table, name, to)); }} />
            <Stack gap={0} flex={1} data-field={fieldOf([...path, name])}><FieldInput schema={of} path={[...path, name]} label={`${label} ${name}`} isRequired={false} mayBeEmpty isPlain /></Stack>
            <RemoveEntry what={name} onRemove={() => { set(path, without(table, name)); }} />
          </Group>
        ))}
        {wrong !== undefined && <Text size="xs" c={WRONG_INK}>{wrong}</Text>}
        {entries.length < max && next !== undefined && (
          <Group><Button size="compact-xs" variant="subtle" leftSection={<Plus size={14} />} onClick={() => { set(path, { ...table, [next]: '' }); }}>{text.addEntry}</Button></Group>
        )}
      </Stack>
    </Fieldset>
  );
}

interface EntryNameProps {
  readonly name: string;
  readonly label: string;
  readonly isFree: (to: string) => boolean;
  readonly onRename: (to: string) => void;
}

/** The name of an entry, such as the key of a choice: taken over when it is whole. */
function EntryName({ name, label, isFree, onRename }: EntryNameProps) {
  const text = useText(designerTexts);
  const [typed, setTyped] = useState(name);
  const isGood = typed === name || isFree(typed);
  const finish = (): void => {
    if (typed !== name && isGood) onRename(typed);
    else setTyped(name);
  };
  return (
    <TextInput
      w={name.length > 2 ? 110 : 52} aria-label={`${label} ${name}, ${text.entryName}`} value={typed} error={!isGood} onChange={(event) => { setTyped(event.currentTarget.value.trim()); }} onBlur={finish}
      onKeyDown={(event) => { if (event.key === 'Enter') finish(); }}
    />
  );
}
