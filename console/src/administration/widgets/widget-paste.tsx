import { Alert, Anchor, Button, Modal, Select, Stack, Text } from '@mantine/core';
import { ExternalLink, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { changeWidgetKey, listWidgetKeys } from '@parley/contract/admin/widget-key.ts';
import { useChange } from '../../session/asking.ts';
import { CopyBlock } from '../../show/copy.tsx';
import { FaultAlert } from '../../show/fault-alert.tsx';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import { widgetTexts } from './widget-texts.ts';
import { customerPageOf, snippetOf, type WidgetKey } from './widgets.ts';

export interface WidgetPasteProps {
  readonly widget: WidgetKey;
  readonly isChangeable: boolean;
  readonly onClose: () => void;
}

/** The line that puts a call button into a page, and the page on which it can be tried. */
export function WidgetPaste({ widget: { id, name, origins, accessCodes, enabled }, isChangeable, onClose }: WidgetPasteProps) {
  const text = useText(widgetTexts);
  const notice = useNotice();
  const change = useChange(changeWidgetKey, [listWidgetKeys]);
  const [number, setNumber] = useState(accessCodes[0] ?? '');
  const { origin } = location;
  const addPage = (): void => {
    change.mutate({ id, origins: [...origins, origin] }, { onSuccess: () => { notice.done(text.pageAdded(origin)); } });
  };
  return (
    <Modal opened onClose={onClose} title={text.pasteTitle(name)} size="lg" centered>
      <Stack>
        {!enabled && <Alert color="yellow" icon={<TriangleAlert />}>{text.isOff}</Alert>}
        {accessCodes.length > 1 && <Select label={text.number} data={accessCodes} value={number} allowDeselect={false} onChange={(value) => { setNumber(value ?? number); }} />}
        <Text size="sm">{text.pasteHint}</Text>
        <CopyBlock value={snippetOf(origin, id, number)} label={text.snippet} />
        {origins.includes(origin) ? (
          <Anchor href={customerPageOf(origin, id, number)} target="_blank" rel="noreferrer">{text.tryIt} <ExternalLink size={14} aria-hidden /></Anchor>
        ) : (
          <>
            <Text size="sm" c="dimmed">{text.tryHint}{origin}</Text>
            {isChangeable && <Button variant="light" loading={change.isPending} onClick={addPage}>{text.addPage(origin)}</Button>}
          </>
        )}
        {change.error !== null && <FaultAlert error={change.error} />}
      </Stack>
    </Modal>
  );
}
