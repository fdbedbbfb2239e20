import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { signIn } from '@parley/contract/admin/session.ts';
import { FaultAlert } from '../show/fault-alert.tsx';
import { catalogue, useText } from '../text/catalogue.ts';
import { api } from './client.ts';
import { begin } from './session.ts';

const texts = catalogue({
  en: { account: 'Account', password: 'Password', tenant: 'Tenant', tenantHint: 'Only where the same account exists in several tenants', signIn: 'Sign in' },
  zh: { account: '账号', password: '密码', tenant: '租户', tenantHint: '仅当多个租户中有同名账号时填写', signIn: '登录' },
});

/** Account and password; whoever's session has ended in the middle of work is known already. */
export function PasswordForm({ account = '' }: { readonly account?: string }) {
  const text = useText(texts);
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const form = useForm({ initialValues: { account, password: '', tenant: '' } });
  const submit = form.onSubmit(async ({ tenant, ...who }) => {
    setBusy(true);
    setFault(undefined);
    try {
      begin(await api.ask(signIn, tenant === '' ? who : { ...who, tenant }));
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label={text.account} autoComplete="username" required disabled={account !== ''} {...form.getInputProps('account')} />
        <PasswordInput label={text.password} autoComplete="current-password" required data-autofocus {...form.getInputProps('password')} />
        {account === '' && <TextInput label={text.tenant} description={text.tenantHint} {...form.getInputProps('tenant')} />}
        {fault !== undefined && <FaultAlert error={fault} />}
        <Button type="submit" loading={isBusy}>{text.signIn}</Button>
      </Stack>
    </form>
  );
}
