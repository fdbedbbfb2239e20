import { Accordion, ActionIcon, Anchor, Badge, Button, Group, ScrollArea, Stack, Text, TextInput, Title } from '@mantine/core';
import { Copy, Trash2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../text/catalogue.ts';
import { FieldInput } from '../fields/field-input.tsx';
import { NodeFormContext, type NodeForm } from '../fields/node-form.ts';
import { copied, variablesIn, withId, wrongId } from '../graph/changes.ts';
import { fieldsIn, type Field, type Schema } from '../graph/control.ts';
import { FLOW, withField, type Box } from '../graph/graph.ts';
import { fieldOf, isWithin } from '../graph/json.ts';
import { fieldText, meansText, nodeTexts, typeText } from '../node-texts.ts';
import { useDesign } from './design.ts';
import { designerTexts } from './designer-texts.ts';
import { inkOf, lookOf, WRONG_INK } from './look.ts';
import { wayText } from './way-text.ts';

/** What most nodes of a kind are told; the rest stands behind a word. */
const FIRST: ReadonlySet<string> = new Set(['prompt', 'choices', 'otherwise', 'also', 'overflow', 'number', 'flow', 'into', 'onError', 'language', 'method', 'body']);
const isFirst = ({ name, isRequired }: Field, type: string): boolean => isRequired || (FIRST.has(name) && !(type === 'say' && name === 'language') && !(type === 'menu' && name === 'into'));
const ASIDE = { x: 40, y: 40 };
const NO_FIELDS: Schema = { type: 'object', properties: {} };

function IdInput({ box }: { readonly box: Box }) {
  const text = useText(designerTexts);
  const { definition, kinds, mayChange, change, select } = useDesign();
  const [typed, setTyped] = useState(box.id);
  const wrong = wrongId(definition, box.id, typed);
  const finish = (): void => {
    if (typed === box.id || wrong !== undefined) setTyped(box.id);
    else {
      change(withId(definition, kinds, box.id, typed));
      select([typed]);
    }
  };
  return (
    <TextInput
      label={text.id} value={typed} disabled={!mayChange} error={wrong === undefined ? undefined : wrong === 'form' ? text.wrongForm : text.taken} maxLength={64} onBlur={finish}
      onChange={(event) => { setTyped(event.currentTarget.value.trim()); }} onKeyDown={(event) => { if (event.key === 'Enter') finish(); }}
    />
  );
}

function LedFrom({ id }: { readonly id: string }) {
  const text = useText(designerTexts);
  const nodes = useText(nodeTexts);
  const { graph, show } = useDesign();
  const ways = graph.edges.filter(({ to }) => to === id);
  const typeOf = (owner: string): string => graph.boxes.find((box) => box.id === owner)?.type ?? '';
  return (
    <div>
      <Title order={3} size="h6">{text.ledFrom}</Title>
      {ways.length === 0 && <Text size="sm" c="dimmed">{text.nobody}</Text>}
      {ways.map((way) => (
        <Anchor key={`${way.owner}/${way.field}`} component="button" type="button" size="sm" display="block" ta="left" onClick={() => { show(way.owner, way.field); }}>
          {way.owner === FLOW ? typeText(nodes, FLOW) : way.owner}{' · '}{wayText(nodes, text, typeOf(way.owner), way)}
        </Anchor>
      ))}
    </div>
  );
}

/** What the platform gives a flow, as it is named in expressions and texts. */
const GIVEN = ['caller', 'callerVerified', 'called', 'call', 'data', 'date', 'time', 'weekday', 'holiday', 'error'];

/** The variables that conditions, expressions and texts can name. */
function Names({ variables }: { readonly variables: readonly string[] }) {
  const text = useText(designerTexts);
  return (
    <div>
      <Title order={3} size="h6">{text.variables}</Title>
      <Text size="xs" ff="monospace" c="dimmed">{[...new Set([...variables, ...GIVEN])].join('  ')}</Text>
    </div>
  );
}

export interface NodePanelProps {
  readonly box: Box;
  /** The field that is to be brought before the eyes. */
  readonly field: string | undefined;
}

/** All that can be said of a node, or of the flow itself. */
export function NodePanel({ box, field }: NodePanelProps) {
  const nodes = useText(nodeTexts);
  const text = useText(designerTexts);
  const design = useDesign();
  const { definition, kinds, faults, mayChange, change, select, remove } = design;
  const frame = useRef<HTMLDivElement>(null);
  const { icon: Icon, color } = lookOf(box.type);
  const kind = kinds.types.get(box.type);
  const own = faults.filter(({ node = FLOW }) => node === box.id);
  const form: NodeForm = {
    type: box.type, value: box.node, faults: own, mayChange, variables: variablesIn(definition, kinds),
    set: (path, value) => { change(withField(definition, box.id, path, value), `${box.id}/${fieldOf(path)}`); },
  };
  const fields = fieldsIn(box.id === FLOW ? kinds.flow : kind?.fields ?? NO_FIELDS);
  const [first, others] = [fields.filter((one) => isFirst(one, box.type)), fields.filter((one) => !isFirst(one, box.type))];
  const isTold = (one: Field): boolean => box.node[one.name] !== undefined;
  const isWrong = ({ name }: Field): boolean => own.some((fault) => isWithin(fault.field, name));
  const [isMore, setIsMore] = useState(false);
  const opened = isMore || others.some((one) => isWrong(one)) || others.some(({ name }) => field !== undefined && isWithin(field, name));

  useEffect(() => {
    if (field === undefined) return;
    const all = [...frame.current?.querySelectorAll<HTMLElement>('[data-field]') ?? []];
    const found = all.filter(({ dataset }) => isWithin(field, dataset['field'] ?? '')).at(-1);
    found?.scrollIntoView({ block: 'center' });
    found?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [field, box.id]);

  const input = ({ name, schema, isRequired }: Field) => (
    <div key={name} data-field={name}><FieldInput schema={schema} path={[name]} label={fieldText(nodes, box.type, name)} isRequired={isRequired} /></div>
  );
  return (
    <NodeFormContext value={form}>
      <Group gap="xs" p="sm" wrap="nowrap" style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
        <Icon size={20} color={inkOf(color)} aria-hidden />
        <Title order={2} size="h5" flex={1}>{typeText(nodes, box.type)}</Title>
        <ActionIcon variant="subtle" color="gray" aria-label={text.close} onClick={() => { select([]); }}><X size={18} /></ActionIcon>
      </Group>
      <ScrollArea flex={1} viewportRef={frame} type="auto" offsetScrollbars="present">
        <Stack gap="sm" p="sm">
          {box.id !== FLOW && (
            <>
              <Text size="xs" c="dimmed">{meansText(nodes, box.type) ?? kind?.summary}</Text>
              <Group grow align="flex-start" gap="xs">
                <IdInput key={box.id} box={box} />
                <TextInput label={text.titleLabel} value={box.title} maxLength={100} disabled={!mayChange} onChange={(event) => { form.set(['title'], event.currentTarget.value || undefined); }} />
              </Group>
            </>
          )}
          {own.filter((fault) => !fields.some(({ name }) => isWithin(fault.field, name))).map(({ field: at, message }) => <Text key={`${at} ${message}`} size="sm" c={WRONG_INK}>{at === 'id' ? text.notReached : `${at} ${message}`}</Text>)}
          {first.map(input)}
          {others.length > 0 && (
            <Accordion variant="contained" value={opened ? 'more' : null} onChange={(value) => { setIsMore(value !== null); }}>
              <Accordion.Item value="more">
                <Accordion.Control><Group gap="xs">{text.more}{others.some(isTold) && <Badge size="sm" variant="light" circle>{others.filter(isTold).length}</Badge>}</Group></Accordion.Control>
                <Accordion.Panel>{opened && <Stack gap="sm">{others.map(input)}</Stack>}</Accordion.Panel>
              </Accordion.Item>
            </Accordion>
          )}
          {box.id !== FLOW && <LedFrom id={box.id} />}
          {box.id !== FLOW && fields.length > 0 && <Names variables={form.variables} />}
        </Stack>
      </ScrollArea>
      {mayChange && box.id !== FLOW && (
        <Group p="xs" gap="xs" justify="flex-end" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
          <Button
            size="xs" variant="default" leftSection={<Copy size={14} />}
            onClick={() => {
              const copy = copied(definition, box.id, ASIDE);
              if (copy === undefined) return;
              change(copy.definition);
              design.show(copy.id);
            }}
          >
            {text.copy}
          </Button>
          <Button size="xs" variant="light" color="red" leftSection={<Trash2 size={14} />} onClick={() => { remove([box.id]); }}>{text.remove}</Button>
        </Group>
      )}
    </NodeFormContext>
  );
}
