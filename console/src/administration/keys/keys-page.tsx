import { Badge, Button, Code, Switch } from '@mantine/core';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useAsked, useChange } from '../../session/asking.ts';
import { useSession } from '../../session/session.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { Empty } from '../../show/empty.tsx';
import { useNotice } from '../../show/notice.ts';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { KeyEditor } from './key-editor.tsx';
import { keyTexts } from './key-texts.ts';
import { bySchemeThenAge, idOf, OPERATIONS, type Key, type Scope } from './keys.ts';
import { SecretOnce, type Told } from './secret-once.tsx';

interface OfKey {
  readonly scope: Scope;
  readonly found: Key;
}

function InUse({ scope, found: { scheme, keyId, enabled }, isChangeable }: OfKey & { readonly isChangeable: boolean }) {
  const text = useText(keyTexts);
  const notice = useNotice();
  const { change, list } = OPERATIONS[scope];
  const turn = useChange(change, [list]);
  const set = (isOn: boolean): void => {
    turn.mutate({ scheme, keyId, enabled: isOn }, { onSuccess: () => { notice.done(isOn ? text.switchedOn(keyId) : text.switchedOff(keyId)); }, onError: notice.failed });
  };
  if (!isChangeable) return enabled ? text.on : text.off;
  return <Switch checked={enabled} disabled={turn.isPending} aria-label={text.use(keyId)} onChange={({ currentTarget }) => { set(currentTarget.checked); }} />;
}

function Actions({ scope, found: { scheme, keyId }, onSecret }: OfKey & { readonly onSecret: (told: Told) => void }) {
  const text = useText(keyTexts);
  const operations = OPERATIONS[scope];
  const replace = useChange(operations.replace, [operations.list]);
  const remove = useChange(operations.remove, [operations.list]);
  return (
    <>
      <ConfirmButton
        size="compact-xs" color="gray" question={text.replaceQuestion(keyId)} consequence={text.replaceMeans} isBusy={replace.isPending} error={replace.error}
        onConfirm={async () => {
          const { secret } = await replace.mutateAsync({ scheme, keyId });
          onSecret({ name: keyId, secret });
        }}
      >
        {text.replace}
      </ConfirmButton>
      <ConfirmButton
        size="compact-xs" question={text.removeQuestion(keyId)} consequence={text.removeMeans} isBusy={remove.isPending} error={remove.error}
        onConfirm={() => remove.mutateAsync({ scheme, keyId })}
      >
        {text.remove}
      </ConfirmButton>
    </>
  );
}

interface KeysProps {
  readonly scope: Scope;
  readonly title: string;
  readonly about: string;
  readonly isChangeable: boolean;
}

function Keys({ scope, title, about, isChangeable }: KeysProps) {
  const text = useText(keyTexts);
  const { moment } = useFormat();
  const keys = useAsked(OPERATIONS[scope].list, {});
  const [isMaking, setMaking] = useState(false);
  const [told, setTold] = useState<Told>();
  const create = isChangeable && <Button leftSection={<Plus size={16} />} onClick={() => { setMaking(true); }}>{text.create}</Button>;
  const columns: readonly Column<Key>[] = [
    { id: 'scheme', title: text.scheme, width: 90, orderBy: ({ scheme }) => scheme, render: ({ scheme }) => <Badge variant="light" title={text.schemes[scheme]}>{scheme}</Badge> },
    { id: 'keyId', title: text.keyId, orderBy: ({ keyId }) => keyId, render: ({ keyId }) => <Code>{keyId}</Code> },
    { id: 'label', title: text.label, orderBy: ({ label }) => label, render: ({ label }) => label },
    { id: 'createdAt', title: text.createdAt, orderBy: ({ createdAt }) => createdAt, render: ({ createdAt }) => moment(createdAt) },
    { id: 'enabled', title: text.enabled, render: (found) => <InUse scope={scope} found={found} isChangeable={isChangeable} /> },
  ];
  return (
    <Page title={title} about={about} actions={create}>
      <Records
        label={title} rows={keys.data && bySchemeThenAge(keys.data.keys)} idOf={idOf} columns={columns} error={keys.error} onRetry={() => { void keys.refetch(); }}
        actions={isChangeable ? (found) => <Actions scope={scope} found={found} onSecret={setTold} /> : undefined}
        empty={<Empty icon={KeyRound} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {isMaking && (
        <KeyEditor
          scope={scope} onClose={() => { setMaking(false); }}
          onMade={({ keyId, secret }) => {
            setMaking(false);
            setTold({ name: keyId, secret });
          }}
        />
      )}
      <SecretOnce told={told} onClose={() => { setTold(undefined); }} />
    </Page>
  );
}

/** The keys with which programs of the tenant call the APIs. */
export function KeysPage() {
  const text = useText(keyTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  return <Keys scope="tenant" title={text.title} about={text.about} isChangeable={mayChange} />;
}

/** The keys that are valid for every tenant, for operators. */
export function InstallationKeysPage() {
  const text = useText(keyTexts);
  return <Keys scope="installation" title={text.installationTitle} about={text.installationAbout} isChangeable />;
}
