import { Alert, Box, Button, Flex, Group, Modal, Stack, Text } from '@mantine/core';
import { useDocumentTitle, useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { ReactFlowProvider } from '@xyflow/react';
import { Workflow } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Empty } from '../../show/empty.tsx';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import { added, spotsIn, unplaced, withoutNodes } from '../graph/changes.ts';
import type { Kinds } from '../graph/control.ts';
import { FLOW, nodesOf, type Definition } from '../graph/graph.ts';
import { nodeTexts } from '../node-texts.ts';
import { Canvas } from './canvas.tsx';
import { Conflict } from './conflict.tsx';
import { DesignContext, useCheck, useGraph, type Design } from './design.ts';
import { designerTexts } from './designer-texts.ts';
import { useEditing } from './editing.ts';
import { FaultList } from './fault-list.tsx';
import { JsonView } from './json-view.tsx';
import { useLeaving } from './leaving.ts';
import { NodePanel } from './node-panel.tsx';
import { Outline } from './outline.tsx';
import { AddMenu } from './palette.tsx';
import { useThings } from './things.ts';
import { Toolbar, type View } from './toolbar.tsx';
import { Versions, type Version } from './versions.tsx';
import { wayText } from './way-text.ts';

const HEADER = 52;
const PANEL = 340;
const NOTHING: Design['faults'] = [];

export interface DesignerProps {
  readonly read: Version;
  readonly name: string;
  readonly kinds: Kinds;
  readonly mayChange: boolean;
}

/** A flow, to be read and changed: as a diagram, as a list, or as it is sent. */
export function Designer({ read, name, kinds, mayChange: isAdministrator }: DesignerProps) {
  const text = useText(designerTexts);
  const names = useText(nodeTexts);
  const notice = useNotice();
  const things = useThings();
  const editing = useEditing(read);
  const { history, step, base, isDirty, theirs } = editing;
  const [view, setView] = useState<View>('diagram');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [shown, setShown] = useState<{ readonly id: string; readonly field: string | undefined; readonly time: number }>();
  const [isVersions, setIsVersions] = useState(false);
  const [old, setOld] = useState<Version>();
  const leaving = useLeaving(isDirty);
  useDocumentTitle(`${name} · Parley`);

  const definition = old === undefined ? history.present : old.definition as Definition;
  const mayChange = isAdministrator && old === undefined;
  const graph = useGraph(definition, kinds);
  const check = useCheck(base.id, history.present, history.revision);
  const faults = old === undefined ? check.faults ?? NOTHING : NOTHING;

  const design: Design = useMemo(() => {
    const show: Design['show'] = (id, field) => {
      setSelected([id]);
      setShown((before) => ({ id, field, time: (before?.time ?? 0) + 1 }));
    };
    return {
      definition, graph, kinds, things, faults, mayChange, selected, show,
      select: (ids) => {
        setSelected(ids);
        setShown(undefined);
      },
      change: (next, about) => { step({ kind: 'change', definition: next, ...(about === undefined ? {} : { about }) }); },
      remove: (ids) => {
        const { definition: rest, opened } = withoutNodes(definition, kinds, ids);
        const typeOf = (id: string): string => graph.boxes.find((box) => box.id === id)?.type ?? '';
        step({ kind: 'change', definition: rest });
        setSelected([]);
        notice.done([text.removed(ids.join(', ')), ...(opened.length === 0 ? [] : [`${text.opened(opened.length)}: ${opened.map((way) => `${way.owner === FLOW ? names.flow : way.owner} · ${wayText(names, text, typeOf(way.owner), way)}`).join(', ')}`])].join('. '));
      },
    };
  }, [definition, graph, kinds, things, faults, mayChange, selected, text, names]);

  const undo = (): void => { if (mayChange) step({ kind: 'undo' }); };
  const redo = (): void => { if (mayChange) step({ kind: 'redo' }); };
  const save = (): void => {
    if (!mayChange || !isDirty || editing.isSaving) return;
    if (check.faults !== undefined && check.faults.length > 0 && !check.isChecking) notifications.show({ message: text.mendFirst, color: 'red' });
    else editing.save();
  };
  // In a field, undoing is the field's own; saving is the page's everywhere.
  useHotkeys([['mod+Z', undo], ['mod+shift+Z', redo], ['mod+Y', redo]]);
  useHotkeys([['mod+S', save]], []);

  const box = selected.length === 1 ? graph.boxes.find(({ id }) => id === selected[0]) : undefined;
  const isEmpty = Object.keys(nodesOf(definition)).length === 0;
  return (
    <DesignContext value={design}>
      <Flex direction="column" h={`calc(100dvh - ${HEADER}px)`}>
        <Toolbar
          name={name} version={base.version} isDirty={isDirty} isSaving={editing.isSaving} mayChange={mayChange} mayUndo={history.past.length > 0} mayRedo={history.future.length > 0}
          mayTidy={(spotsIn(definition)?.size ?? 0) > 0} view={view} onView={setView} onUndo={undo} onRedo={redo} onSave={save}
          onTidy={() => { design.change(unplaced(definition)); }} onOwn={() => { design.show(FLOW); }} onVersions={() => { setIsVersions(true); }}
        >
          {old === undefined && <FaultList check={check} />}
        </Toolbar>
        {old !== undefined && (
          <Alert color="indigo" variant="light" radius={0} py={6}>
            <Group justify="space-between">
              <Text size="sm">{text.looking(old.version)}</Text>
              <Group gap="xs">
                {isAdministrator && (
                  <Button
                    size="compact-sm"
                    onClick={() => {
                      step({ kind: 'change', definition: old.definition as Definition });
                      setOld(undefined);
                      notice.done(text.restored(old.version));
                    }}
                  >
                    {text.restore}
                  </Button>
                )}
                <Button size="compact-sm" variant="default" onClick={() => { setOld(undefined); }}>{text.stopLooking}</Button>
              </Group>
            </Group>
          </Alert>
        )}
        {!isAdministrator && old === undefined && <Text size="sm" c="dimmed" px="md" py={4}>{text.readOnly}</Text>}
        <Flex flex={1} mih={0}>
          <Box flex={1} miw={0} style={{ overflow: 'auto' }}>
            {view === 'diagram' && !isEmpty && <ReactFlowProvider><Canvas key={old?.version ?? 0} shown={shown} /></ReactFlowProvider>}
            {view === 'diagram' && isEmpty && (
              <Empty
                icon={Workflow} title={text.nothing} hint={text.nothingHint}
                action={mayChange && <AddMenu kinds={kinds} onChoose={(kind) => {
                  const grown = added(definition, kind);
                  design.change(grown.definition);
                  design.show(grown.id);
                }} />}
              />
            )}
            {view === 'list' && <Outline shown={shown} />}
            {view === 'json' && <JsonView key={old?.version ?? 0} />}
          </Box>
          {box !== undefined && view !== 'json' && (
            <Flex component="aside" direction="column" w={PANEL} style={{ flex: 'none', borderLeft: '1px solid var(--mantine-color-default-border)' }}>
              <NodePanel box={box} field={shown?.id === box.id ? shown.field : undefined} />
            </Flex>
          )}
        </Flex>
      </Flex>
      {isVersions && <Versions flow={base} isOpen onClose={() => { setIsVersions(false); }} onLook={setOld} />}
      {theirs !== undefined && (
        <Conflict
          base={{ version: base.version, definition: base.definition as Definition }} mine={history.present} theirs={theirs} isSaving={editing.isSaving}
          onTakeTheirs={editing.takeTheirs} onSaveMine={editing.saveMine} onClose={editing.forgetTheirs}
        />
      )}
      <Modal opened={leaving.isAsked} onClose={leaving.stay} title={text.leave} centered>
        <Stack>
          <Text size="sm">{text.leaveAbout}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={leaving.stay} data-autofocus>{text.leaveNo}</Button>
            <Button color="red" onClick={leaving.leave}>{text.leaveYes}</Button>
          </Group>
        </Stack>
      </Modal>
    </DesignContext>
  );
}
