import { Button, Code, Group, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { deleteCallbackAddress, listCallbackAddresses, listSharedKeys, putCallbackAddress } from '@parley/contract/admin/callback.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { Empty } from '../../show/empty.tsx';
import { useNotice } from '../../show/notice.ts';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { trustTexts } from './trust-texts.ts';
import { isWebUrl, type CallbackAddress } from './trust.ts';

function Remove({ purpose }: CallbackAddress) {
  const text = useText(trustTexts);
  const remove = useChange(deleteCallbackAddress, [listCallbackAddresses]);
  return (
    <ConfirmButton
      size="compact-xs" question={text.removeAddress(purpose)} consequence={text.removeAddressMeans} isBusy={remove.isPending} error={remove.error}
      onConfirm={() => remove.mutateAsync({ purpose })}
    >
      {text.remove}
    </ConfirmButton>
  );
}

interface AddressEditorProps {
  readonly address: CallbackAddress | undefined;
  readonly isChangeable: boolean;
  readonly onClose: () => void;
}

function AddressEditor({ address, isChangeable, onClose }: AddressEditorProps) {
  const text = useText(trustTexts);
  const notice = useNotice();
  const { check, typed } = useContractFields(putCallbackAddress);
  const keys = useAsked(listSharedKeys, {});
  const put = useChange(putCallbackAddress, [listCallbackAddresses]);
  const form = useForm({
    initialValues: { purpose: address?.purpose ?? '', url: address?.url ?? 'https://', sharedKey: address?.sharedKey ?? '' },
    validate: { purpose: check('purpose', text.purposeForm), url: (url) => (isWebUrl(url) ? null : text.invalidUrl) },
  });
  const submit = form.onSubmit(({ purpose, url, sharedKey }) => {
    put.mutate({ purpose, url: url.trim(), ...(sharedKey === '' ? {} : { sharedKey }) }, {
      onSuccess: () => {
        notice.done(text.addressSaved(purpose));
        onClose();
      },
    });
  });
  return (
    <Editor title={address?.purpose ?? text.putAddress} isOpen onClose={onClose} onSubmit={submit} isChangeable={isChangeable} isSaving={put.isPending} error={put.error}>
      <TextInput label={text.purpose} description={text.purposeHint} disabled={address !== undefined} data-autofocus {...typed('purpose')} {...form.getInputProps('purpose')} />
      <TextInput label={text.url} description={text.addressUrlHint} {...typed('url')} {...form.getInputProps('url')} />
      <Select
        label={text.signedWith} allowDeselect={false} data={[{ value: '', label: text.unsigned }, ...(keys.data?.sharedKeys ?? []).map(({ name }) => ({ value: name, label: name }))]}
        {...form.getInputProps('sharedKey')}
      />
    </Editor>
  );
}

/** Where the tenant wants to be called back, each purpose by itself. */
export function CallbackAddresses({ isChangeable }: { readonly isChangeable: boolean }) {
  const text = useText(trustTexts);
  const addresses = useAsked(listCallbackAddresses, {});
  const [edited, setEdited] = useState<CallbackAddress | 'new' | undefined>();
  const add = isChangeable && <Button leftSection={<Plus size={16} />} onClick={() => { setEdited('new'); }}>{text.putAddress}</Button>;
  const columns: readonly Column<CallbackAddress>[] = [
    { id: 'purpose', title: text.purpose, orderBy: ({ purpose }) => purpose, render: ({ purpose }) => purpose },
    { id: 'url', title: text.url, orderBy: ({ url }) => url, render: ({ url }) => <Code>{url}</Code> },
    { id: 'sharedKey', title: text.signedWith, render: ({ sharedKey }) => sharedKey ?? text.unsigned },
  ];
  const rows = addresses.data?.callbackAddresses;
  return (
    <>
      {rows !== undefined && rows.length > 0 && <Group justify="flex-end" mb="sm">{add}</Group>}
      <Records
        label={text.addresses} rows={rows} idOf={({ purpose }) => purpose} columns={columns} error={addresses.error} onRetry={() => { void addresses.refetch(); }} onOpen={setEdited}
        actions={isChangeable ? (address) => <Remove {...address} /> : undefined} empty={<Empty icon={Webhook} title={text.noAddresses} hint={text.noAddressesHint} action={add} />}
      />
      {edited !== undefined && <AddressEditor address={edited === 'new' ? undefined : edited} isChangeable={isChangeable} onClose={() => { setEdited(undefined); }} />}
    </>
  );
}
