import { Button, Menu, Paper, Text } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { useText } from '../../text/catalogue.ts';
import type { Kinds, NodeKind } from '../graph/control.ts';
import type { Spot } from '../graph/changes.ts';
import { meansText, nodeTexts, typeText } from '../node-texts.ts';
import { designerTexts } from './designer-texts.ts';
import { inkOf, lookOf } from './look.ts';

interface KindsProps {
  readonly kinds: Kinds;
  readonly onChoose: (kind: NodeKind) => void;
}

function KindItems({ kinds, onChoose }: KindsProps) {
  const nodes = useText(nodeTexts);
  return [...kinds.types.values()].map((kind) => {
    const { icon: Icon, color } = lookOf(kind.type);
    return (
      <Menu.Item key={kind.type} leftSection={<Icon size={18} color={inkOf(color)} aria-hidden />} onClick={() => { onChoose(kind); }}>
        <Text size="sm" fw={600}>{typeText(nodes, kind.type)}</Text>
        <Text size="xs" c="dimmed" lineClamp={1}>{meansText(nodes, kind.type) ?? kind.summary}</Text>
      </Menu.Item>
    );
  });
}

const HEIGHT = 420;
const WIDTH = 340;

/** The kinds of nodes that the server knows, to add one of. */
export function AddMenu({ kinds, onChoose }: KindsProps) {
  const text = useText(designerTexts);
  return (
    <Menu position="bottom-start" width={WIDTH}>
      <Menu.Target><Button size="xs" leftSection={<Plus size={16} />}>{text.add}</Button></Menu.Target>
      <Menu.Dropdown mah={HEIGHT} style={{ overflowY: 'auto' }}><KindItems kinds={kinds} onChoose={onChoose} /></Menu.Dropdown>
    </Menu>
  );
}

/** The same where a way was let go over nothing: the new node takes it. */
export function KindMenu({ kinds, onChoose, at, onClose }: KindsProps & { readonly at: Spot; readonly onClose: () => void }) {
  const text = useText(designerTexts);
  const outside = useClickOutside(onClose);
  return (
    <Menu opened onClose={onClose} width={WIDTH} position="bottom-start" trapFocus>
      <Menu.Target><Paper style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} /></Menu.Target>
      <Menu.Dropdown ref={outside} mah={HEIGHT} style={{ overflowY: 'auto' }}>
        <Menu.Label>{text.addHere}</Menu.Label>
        <KindItems kinds={kinds} onChoose={onChoose} />
      </Menu.Dropdown>
    </Menu>
  );
}
