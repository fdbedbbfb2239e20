import { ActionIcon, Anchor, Badge, Button, Group, SegmentedControl, Text, Title, Tooltip } from '@mantine/core';
import { ArrowLeft, History as HistoryIcon, Redo2, Save, Settings2, Undo2, WandSparkles, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useText } from '../../text/catalogue.ts';
import { nodeTexts } from '../node-texts.ts';
import { designerTexts } from './designer-texts.ts';

export const VIEWS = ['diagram', 'list', 'json'] as const;
export type View = (typeof VIEWS)[number];

interface ToolProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isOff: boolean;
  readonly onClick: () => void;
}

function Tool({ label, icon: Icon, isOff, onClick }: ToolProps) {
  return <Tooltip label={label}><ActionIcon variant="default" size={30} aria-label={label} disabled={isOff} onClick={onClick}><Icon size={16} /></ActionIcon></Tooltip>;
}

export interface ToolbarProps {
  readonly name: string;
  readonly version: number;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly mayChange: boolean;
  readonly mayUndo: boolean;
  readonly mayRedo: boolean;
  readonly mayTidy: boolean;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onTidy: () => void;
  readonly onOwn: () => void;
  readonly onVersions: () => void;
  readonly onSave: () => void;
  /** How the flow stands with its problems. */
  readonly children: ReactNode;
}

/** What can be done with the flow as a whole. */
export function Toolbar({ name, version, isDirty, isSaving, mayChange, mayUndo, mayRedo, mayTidy, view, onView, onUndo, onRedo, onTidy, onOwn, onVersions, onSave, children }: ToolbarProps) {
  const text = useText(designerTexts);
  const nodes = useText(nodeTexts);
  return (
    <Group px="md" py={8} gap="xs" justify="space-between" style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
      <Group gap="xs" wrap="nowrap">
        <Tooltip label={text.back}><Anchor component={Link} href="/flows" aria-label={text.back} style={{ display: 'flex' }}><ArrowLeft size={20} /></Anchor></Tooltip>
        <Title order={1} size="h4" lineClamp={1} maw={260}>{name}</Title>
        <Badge variant="default" tt="none">{version === 0 ? text.noVersion : text.version(version)}</Badge>
        <Text size="xs" fw={600} style={{ whiteSpace: 'nowrap' }} role="status">{isDirty && text.unsaved}</Text>
      </Group>
      <Group gap={6}>
        <SegmentedControl size="xs" aria-label={text.view} value={view} onChange={(next) => { onView(next); }} data={VIEWS.map((value) => ({ value, label: text.views[value] }))} />
        {mayChange && <Tool label={text.undo} icon={Undo2} isOff={!mayUndo} onClick={onUndo} />}
        {mayChange && <Tool label={text.redo} icon={Redo2} isOff={!mayRedo} onClick={onRedo} />}
        {mayChange && view === 'diagram' && <Tool label={text.tidy} icon={WandSparkles} isOff={!mayTidy} onClick={onTidy} />}
        <Tool label={nodes.flow} icon={Settings2} isOff={false} onClick={onOwn} />
        <Tool label={text.versions} icon={HistoryIcon} isOff={version === 0} onClick={onVersions} />
        {children}
        {mayChange && <Button size="xs" leftSection={<Save size={16} />} disabled={!isDirty} loading={isSaving} onClick={onSave}>{text.save}</Button>}
      </Group>
    </Group>
  );
}
