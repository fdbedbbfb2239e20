import { Button, Switch } from '@mantine/core';
import { MousePointerClick, Plus } from 'lucide-react';
import { useState } from 'react';
import { changeWidgetKey, deleteWidgetKey, listWidgetKeys } from '@parley/contract/admin/widget-key.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { useSession } from '../../session/session.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { Empty } from '../../show/empty.tsx';
import { useNotice } from '../../show/notice.ts';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { WidgetEditor } from './widget-editor.tsx';
import { WidgetPaste } from './widget-paste.tsx';
import { widgetTexts } from './widget-texts.ts';
import type { WidgetKey } from './widgets.ts';

interface OfWidget {
  readonly widget: WidgetKey;
  readonly isChangeable: boolean;
}

function InUse({ widget: { id, name, enabled }, isChangeable }: OfWidget) {
  const text = useText(widgetTexts);
  const notice = useNotice();
  const change = useChange(changeWidgetKey, [listWidgetKeys]);
  const set = (isOn: boolean): void => {
    change.mutate({ id, enabled: isOn }, { onSuccess: () => { notice.done(isOn ? text.switchedOn(name) : text.switchedOff(name)); }, onError: notice.failed });
  };
  if (!isChangeable) return enabled ? text.on : text.off;
  // The row opens the editor; its switch does not.
  return (
    <Switch
      checked={enabled} disabled={change.isPending} aria-label={text.use(name)} onClick={(event) => { event.stopPropagation(); }}
      onChange={({ currentTarget }) => { set(currentTarget.checked); }}
    />
  );
}

function Actions({ widget: { id, name }, isChangeable, onPaste }: OfWidget & { readonly onPaste: () => void }) {
  const text = useText(widgetTexts);
  const remove = useChange(deleteWidgetKey, [listWidgetKeys]);
  return (
    <>
      <Button size="compact-xs" variant="light" onClick={onPaste}>{text.paste}</Button>
      {isChangeable && (
        <ConfirmButton size="compact-xs" question={text.removeQuestion(name)} consequence={text.removeMeans} isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutateAsync({ id })}>
          {text.remove}
        </ConfirmButton>
      )}
    </>
  );
}

/** The buttons by which visitors of web pages call. */
export function WidgetsPage() {
  const text = useText(widgetTexts);
  const { count } = useFormat();
  const mayChange = useSession().permissions.includes('tenant.write');
  const widgets = useAsked(listWidgetKeys, {});
  const [edited, setEdited] = useState<WidgetKey | 'new' | undefined>();
  const [pastedId, setPastedId] = useState<string>();
  const rows = widgets.data?.widgetKeys;
  const pasted = rows?.find(({ id }) => id === pastedId);
  const create = mayChange && <Button leftSection={<Plus size={16} />} onClick={() => { setEdited('new'); }}>{text.create}</Button>;
  const columns: readonly Column<WidgetKey>[] = [
    { id: 'name', title: text.name, orderBy: ({ name }) => name, render: ({ name }) => name },
    { id: 'origins', title: text.origins, render: ({ origins }) => origins.join(', ') },
    { id: 'accessCodes', title: text.accessCodes, render: ({ accessCodes }) => accessCodes.join(', ') },
    { id: 'callsPerMinute', title: text.callsPerMinute, isNumber: true, orderBy: ({ callsPerMinute }) => callsPerMinute, render: ({ callsPerMinute }) => count(callsPerMinute) },
    { id: 'enabled', title: text.enabled, render: (widget) => <InUse widget={widget} isChangeable={mayChange} /> },
  ];
  return (
    <Page title={text.title} about={text.about} actions={create}>
      <Records
        label={text.title} rows={rows} idOf={({ id }) => id} columns={columns} error={widgets.error} onRetry={() => { void widgets.refetch(); }} onOpen={setEdited}
        actions={(widget) => <Actions widget={widget} isChangeable={mayChange} onPaste={() => { setPastedId(widget.id); }} />}
        empty={<Empty icon={MousePointerClick} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {edited !== undefined && (
        <WidgetEditor
          widget={edited === 'new' ? undefined : edited} isChangeable={mayChange} onClose={() => { setEdited(undefined); }}
          onMade={({ id }) => {
            setEdited(undefined);
            setPastedId(id);
          }}
        />
      )}
      {pasted !== undefined && <WidgetPaste widget={pasted} isChangeable={mayChange} onClose={() => { setPastedId(undefined); }} />}
    </Page>
  );
}
