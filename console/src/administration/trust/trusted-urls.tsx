import { Button, Code, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Plus, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { addTrustedUrl, deleteTrustedUrl, listTrustedUrls } from '@parley/contract/admin/callback.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { Empty } from '../../show/empty.tsx';
import { useNotice } from '../../show/notice.ts';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { trustTexts } from './trust-texts.ts';
import { isWebUrl, type TrustedUrl } from './trust.ts';

function Remove({ id, url }: TrustedUrl) {
  const text = useText(trustTexts);
  const remove = useChange(deleteTrustedUrl, [listTrustedUrls]);
  return (
    <ConfirmButton size="compact-xs" question={text.removeUrl(url)} consequence={text.removeUrlMeans} isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutateAsync({ id })}>
      {text.remove}
    </ConfirmButton>
  );
}

function UrlEditor({ onClose }: { readonly onClose: () => void }) {
  const text = useText(trustTexts);
  const notice = useNotice();
  const { check, typed } = useContractFields(addTrustedUrl);
  const add = useChange(addTrustedUrl, [listTrustedUrls]);
  const form = useForm({ initialValues: { url: 'https://', note: '' }, validate: { url: (url) => (isWebUrl(url) ? null : text.invalidUrl), note: check('note') } });
  const submit = form.onSubmit(({ url, note }) => {
    add.mutate({ url: url.trim(), note }, {
      onSuccess: (added) => {
        notice.done(text.urlAdded(added.url));
        onClose();
      },
    });
  });
  return (
    <Editor title={text.addUrl} isOpen onClose={onClose} onSubmit={submit} isSaving={add.isPending} error={add.error}>
      <TextInput label={text.url} description={text.urlHint} data-autofocus {...typed('url')} {...form.getInputProps('url')} />
      <TextInput label={text.note} description={text.noteHint} {...typed('note')} {...form.getInputProps('note')} />
    </Editor>
  );
}

/** The places that Parley may call for the tenant. */
export function TrustedUrls({ isChangeable }: { readonly isChangeable: boolean }) {
  const text = useText(trustTexts);
  const { moment } = useFormat();
  const urls = useAsked(listTrustedUrls, {});
  const [isAdding, setAdding] = useState(false);
  const add = isChangeable && <Button leftSection={<Plus size={16} />} onClick={() => { setAdding(true); }}>{text.addUrl}</Button>;
  const columns: readonly Column<TrustedUrl>[] = [
    { id: 'url', title: text.url, orderBy: ({ url }) => url, render: ({ url }) => <Code>{url}</Code> },
    { id: 'note', title: text.note, render: ({ note }) => note },
    { id: 'createdAt', title: text.createdAt, orderBy: ({ createdAt }) => createdAt, render: ({ createdAt }) => moment(createdAt) },
  ];
  const rows = urls.data?.trustedUrls;
  return (
    <>
      {rows !== undefined && rows.length > 0 && <Group justify="flex-end" mb="sm">{add}</Group>}
      <Records
        label={text.urls} rows={rows} idOf={({ id }) => id} columns={columns} error={urls.error} onRetry={() => { void urls.refetch(); }}
        actions={isChangeable ? (url) => <Remove {...url} /> : undefined} empty={<Empty icon={ShieldCheck} title={text.noUrls} hint={text.noUrlsHint} action={add} />}
      />
      {isAdding && <UrlEditor onClose={() => { setAdding(false); }} />}
    </>
  );
}
