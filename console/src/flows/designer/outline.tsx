import { Anchor, Badge, Box as Area, Group, List, Stack, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useText } from '../../text/catalogue.ts';
import { added } from '../graph/changes.ts';
import { FLOW, type Box, type Graph, type Way } from '../graph/graph.ts';
import { summaryOf } from '../graph/summary.ts';
import { nodeTexts, typeText } from '../node-texts.ts';
import { useDesign } from './design.ts';
import { designerTexts } from './designer-texts.ts';
import { inkOf, lookOf, WRONG_INK } from './look.ts';
import { AddMenu } from './palette.tsx';
import { wayText } from './way-text.ts';

/** In the order in which callers come to them, way after way; what they cannot come to stands last. */
function inOrder({ boxes }: Graph): readonly Box[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const ordered = new Set<Box>();
  const next = [FLOW];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    const box = byId.get(id);
    if (box === undefined || ordered.has(box)) continue;
    ordered.add(box);
    next.push(...box.ways.flatMap(({ to }) => to ?? []).toReversed());
  }
  return [...ordered, ...boxes.filter((box) => !ordered.has(box))];
}

function WayLine({ way, type }: { readonly way: Way; readonly type: string }) {
  const nodes = useText(nodeTexts);
  const text = useText(designerTexts);
  const { graph, show } = useDesign();
  const name = wayText(nodes, text, type, way);
  const { to } = way;
  const isThere = to !== undefined && graph.boxes.some(({ id }) => id === to);
  return (
    <List.Item>
      <Text span size="sm">{name}{': '}</Text>
      {to !== undefined && isThere
        ? <Anchor component="button" type="button" size="sm" onClick={() => { show(to); }}>{text.leadsTo(to)}</Anchor>
        : <Text span size="sm" c={WRONG_INK}>{to === undefined ? text.open : text.gone(to)}</Text>}
    </List.Item>
  );
}

/** The same graph as a list, for those who do not see a diagram or would rather read. */
export function Outline({ shown }: { readonly shown: { readonly id: string; readonly time: number } | undefined }) {
  const nodes = useText(nodeTexts);
  const text = useText(designerTexts);
  const { definition, graph, kinds, things, faults, mayChange, selected, change, select, show } = useDesign();
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown !== undefined) area.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(shown.id)}"] button`)?.focus();
  }, [shown]);
  return (
    <Area p="md" ref={area}>
      {mayChange && <Group mb="sm"><AddMenu kinds={kinds} onChoose={(kind) => {
        const grown = added(definition, kind);
        change(grown.definition);
        show(grown.id);
      }} /></Group>}
      <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label={text.nodes}>
        {inOrder(graph).map((box) => {
          const { icon: Icon, color } = lookOf(box.type);
          const wrong = faults.filter(({ node = FLOW }) => node === box.id);
          const summary = box.id === FLOW ? '' : summaryOf(box, kinds, things.nameOf);
          const ways = box.ways.filter(({ to, isOptional }) => to !== undefined || !isOptional);
          return (
            <Area component="li" key={box.id} data-node={box.id} p="sm" style={{ border: `1px solid var(--mantine-color-${selected.includes(box.id) ? 'indigo-filled' : 'default-border'})`, borderRadius: 'var(--mantine-radius-md)' }}>
              <Group gap="xs" wrap="nowrap" align="center">
                <Icon size={18} color={inkOf(color)} aria-hidden />
                <UnstyledButton fw={650} fz="sm" onClick={() => { select([box.id]); }}>{box.id === FLOW ? text.startsHere : box.title || box.id}</UnstyledButton>
                {box.id !== FLOW && <Text size="sm" c="dimmed">{box.title === '' ? typeText(nodes, box.type) : `${typeText(nodes, box.type)} · ${box.id}`}</Text>}
                {wrong.length > 0 && <Badge color="red" variant="filled" tt="none">{text.problems(wrong.length)}</Badge>}
              </Group>
              {summary !== '' && <Text size="sm" mt={4}>{summary}</Text>}
              {ways.length > 0 && <List size="sm" mt={4} withPadding>{ways.map((way) => <WayLine key={way.field} way={way} type={box.type} />)}</List>}
            </Area>
          );
        })}
      </Stack>
    </Area>
  );
}
