import { ActionIcon, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { useText } from '../../text/catalogue.ts';
import { useDesign } from '../designer/design.ts';
import { designerTexts } from '../designer/designer-texts.ts';
import type { Thing } from '../designer/things.ts';
import { FLOW } from '../graph/graph.ts';
import { textOf } from '../graph/json.ts';
import { nodeTexts } from '../node-texts.ts';
import { useField, type InputProps } from './simple-inputs.tsx';

/** What is chosen is among what can be, also where it is not there any more. */
const withChosen = (list: readonly Thing[], chosen: string, label: string): readonly Thing[] =>
  (chosen === '' || list.some(({ value }) => value === chosen) ? list : [...list, { value: chosen, label }]);

/** Where a way leads. */
export function WayInput({ value, mayBeEmpty = false, ...field }: InputProps<'node'>) {
  const text = useText(designerTexts);
  const { graph, show } = useDesign();
  const { set, props } = useField(field);
  const chosen = textOf(value);
  const nodes = graph.boxes.filter(({ id }) => id !== FLOW).map(({ id, title }) => ({ value: id, label: title === '' ? id : `${title} (${id})` }));
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <Select
        {...props} searchable clearable placeholder={text.none} value={chosen || null} flex={1}
        data={[...withChosen(nodes, chosen, text.notThere(chosen))]} onChange={(next) => { set(next ?? (mayBeEmpty ? '' : undefined)); }}
      />
      {nodes.some(({ value: id }) => id === chosen) && <ActionIcon variant="default" size="lg" aria-label={text.goTo(chosen)} onClick={() => { show(chosen); }}><ArrowRight size={16} /></ActionIcon>}
    </Group>
  );
}

/** Something of the tenant's: a queue, an agent, a voice file; or a text with variables that comes to one. */
export function ThingInput({ value, control: { of, mayCompute, isText }, ...field }: InputProps<'reference'>) {
  const text = useText(designerTexts);
  const { hints } = useText(nodeTexts);
  const { things } = useDesign();
  const { set, props } = useField(field);
  const isComputed = mayCompute && typeof value === 'string';
  const chosen = textOf(value);
  return (
    <Stack gap={4}>
      {isComputed
        ? <TextInput {...props} value={chosen} description={hints.words} onChange={(event) => { set(event.currentTarget.value); }} />
        : (
          <Select
            {...props} searchable clearable={!field.isRequired} value={chosen || null} data={[...withChosen(things.listOf(of), chosen, text.notThere(chosen))]}
            onChange={(next) => { set(next === null ? undefined : isText ? next : Number(next)); }}
          />
        )}
      {mayCompute && (
        <SegmentedControl
          size="xs" aria-label={field.label} disabled={props.disabled} value={isComputed ? 'computed' : 'fixed'} data={[{ value: 'fixed', label: text.fixed }, { value: 'computed', label: text.computed }]}
          onChange={(next) => { set(next === 'computed' ? '' : undefined); }}
        />
      )}
    </Stack>
  );
}
