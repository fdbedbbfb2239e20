import { Button, Code, Group, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { FileSignature, Plus } from 'lucide-react';
import { useState } from 'react';
import { createSharedKey, deleteSharedKey, listSharedKeys, replaceSharedKeySecret } from '@parley/contract/admin/callback.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { Empty } from '../../show/empty.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { SecretOnce, type Told } from '../keys/secret-once.tsx';
import { trustTexts } from './trust-texts.ts';
import type { SharedKey } from './trust.ts';

interface Telling {
  readonly onSecret: (told: Told) => void;
}

function Actions({ name, onSecret }: Pick<SharedKey, 'name'> & Telling) {
  const text = useText(trustTexts);
  const replace = useChange(replaceSharedKeySecret, [listSharedKeys]);
  const remove = useChange(deleteSharedKey, [listSharedKeys]);
  return (
    <>
      <ConfirmButton
        size="compact-xs" color="gray" question={text.replaceQuestion(name)} consequence={text.replaceMeans} isBusy={replace.isPending} error={replace.error}
        onConfirm={async () => { onSecret(await replace.mutateAsync({ name })); }}
      >
        {text.replace}
      </ConfirmButton>
      <ConfirmButton size="compact-xs" question={text.removeKey(name)} consequence={text.removeKeyMeans} isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutateAsync({ name })}>
        {text.remove}
      </ConfirmButton>
    </>
  );
}

function SharedKeyEditor({ onSecret, onClose }: Telling & { readonly onClose: () => void }) {
  const text = useText(trustTexts);
  const { check, typed } = useContractFields(createSharedKey);
  const create = useChange(createSharedKey, [listSharedKeys]);
  const form = useForm({ initialValues: { name: '', secret: '' }, validate: { name: check('name', text.nameForm), secret: check('secret') } });
  const submit = form.onSubmit(({ name, secret }) => { create.mutate(secret === '' ? { name } : { name, secret }, { onSuccess: onSecret }); });
  return (
    <Editor title={text.createKey} isOpen onClose={onClose} onSubmit={submit} isSaving={create.isPending} error={create.error}>
      <TextInput label={text.name} data-autofocus {...typed('name')} {...form.getInputProps('name')} />
      <PasswordInput label={text.secret} description={text.secretHint} autoComplete="new-password" {...typed('secret')} {...form.getInputProps('secret')} />
    </Editor>
  );
}

/** The keys that sign what is sent to the tenant's addresses. */
export function SharedKeys({ isChangeable }: { readonly isChangeable: boolean }) {
  const text = useText(trustTexts);
  const { moment } = useFormat();
  const keys = useAsked(listSharedKeys, {});
  const [isMaking, setMaking] = useState(false);
  const [told, setTold] = useState<Told>();
  const create = isChangeable && <Button leftSection={<Plus size={16} />} onClick={() => { setMaking(true); }}>{text.createKey}</Button>;
  const columns: readonly Column<SharedKey>[] = [
    { id: 'name', title: text.name, orderBy: ({ name }) => name, render: ({ name }) => <Code>{name}</Code> },
    { id: 'createdAt', title: text.changedAt, orderBy: ({ createdAt }) => createdAt, render: ({ createdAt }) => moment(createdAt) },
  ];
  const rows = keys.data?.sharedKeys;
  return (
    <>
      {rows !== undefined && rows.length > 0 && <Group justify="flex-end" mb="sm">{create}</Group>}
      <Records
        label={text.keys} rows={rows} idOf={({ name }) => name} columns={columns} error={keys.error} onRetry={() => { void keys.refetch(); }}
        actions={isChangeable ? ({ name }) => <Actions name={name} onSecret={setTold} /> : undefined} empty={<Empty icon={FileSignature} title={text.noKeys} hint={text.noKeysHint} action={create} />}
      />
      {isMaking && (
        <SharedKeyEditor
          onClose={() => { setMaking(false); }}
          onSecret={(made) => {
            setMaking(false);
            setTold(made);
          }}
        />
      )}
      <SecretOnce told={told} onClose={() => { setTold(undefined); }} />
    </>
  );
}
