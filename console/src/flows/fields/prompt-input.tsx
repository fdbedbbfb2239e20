import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../text/catalogue.ts';
import { designerTexts } from '../designer/designer-texts.ts';
import { WRONG_INK } from '../designer/look.ts';
import type { Schema, Variant } from '../graph/control.ts';
import { isJson, type Path } from '../graph/json.ts';
import { nodeTexts, pieceText } from '../node-texts.ts';
import { faultText, useNodeForm } from './node-form.ts';
import type { InputProps } from './simple-inputs.tsx';

export interface PromptInputProps extends InputProps<'prompt'> {
  /** Renders what a piece consists of. */
  readonly renderField: (schema: Schema, path: Path, label: string) => ReactNode;
}

const variantOf = (piece: unknown, variants: readonly Variant[]): Variant | undefined =>
  variants.find(({ name, schema }) => (schema.type === 'object' ? isJson(piece) && Object.hasOwn(piece, name) : !isJson(piece)));

/** What callers hear: one piece or several, each a text or a file. */
export function PromptInput({ path, value, label, isRequired, control: { variants, max }, renderField }: PromptInputProps) {
  const text = useText(designerTexts);
  const nodes = useText(nodeTexts);
  const { faults, mayChange, set } = useNodeForm();
  const pieces: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const take = (next: readonly unknown[]): void => { set(path, next.length > 1 ? next : next[0]); };
  const begin = ({ name, schema }: Variant): unknown => (schema.type === 'object' ? { [name]: '' } : '');
  const kinds = variants.map(({ name }) => ({ value: name, label: pieceText(nodes, name) }));
  const wrong = faultText(faults, path);
  return (
    <Fieldset legend={label} p="xs" disabled={!mayChange}>
      <Stack gap="xs">
        {pieces.map((piece, index) => {
          const variant = variantOf(piece, variants);
          const here = Array.isArray(value) ? [...path, index] : path;
          return (
            <Stack key={index} gap={4}>
              <Group gap={6} wrap="nowrap">
                <Select
                  size="xs" flex={1} aria-label={`${label} ${index + 1}, ${text.chooseKind}`} data={kinds} value={variant?.name ?? null} allowDeselect={false}
                  onChange={(name) => {
                    const chosen = variants.find((one) => one.name === name);
                    if (chosen !== undefined) take(pieces.with(index, begin(chosen)));
                  }}
                />
                {(pieces.length > 1 || !isRequired) && (
                  <ActionIcon variant="subtle" color="gray" aria-label={text.removeEntry(`${label} ${index + 1}`)} onClick={() => { take(pieces.toSpliced(index, 1)); }}><X size={16} /></ActionIcon>
                )}
              </Group>
              {variant !== undefined && renderField(variant.schema, here, `${label} ${index + 1}, ${pieceText(nodes, variant.name)}`)}
            </Stack>
          );
        })}
        {wrong !== undefined && pieces.length === 0 && <Text size="xs" c={WRONG_INK}>{wrong}</Text>}
        {pieces.length < max && (
          <Group>
            <Button
              size="compact-xs" variant="subtle" leftSection={<Plus size={14} />}
              onClick={() => { if (variants[0] !== undefined) take([...pieces, begin(variants[0])]); }}
            >
              {pieces.length === 0 ? text.addEntry : text.addPiece}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}
