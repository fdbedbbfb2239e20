import { Button, Card, Center, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { changeOwnPassword } from '@parley/contract/admin/session.ts';
import { FaultAlert } from '../show/fault-alert.tsx';
import { catalogue, useText } from '../text/catalogue.ts';
import { useChange } from './asking.ts';
import { begin, signOut, useSession } from './session.ts';

const texts = catalogue({
  en: {
    title: 'Choose a new password', why: 'Your password has expired or was set by somebody else. Choose one that only you know.',
    old: 'Password up to now', next: 'New password', again: 'New password, once more', differs: 'The two are not the same', save: 'Change it and go on', leave: 'Sign out',
  },
  zh: {
    title: '请设置新密码', why: '您的密码已过期或由他人设置，请设置仅自己知道的密码。',
    old: '当前密码', next: '新密码', again: '再次输入新密码', differs: '两次输入不一致', save: '修改并继续', leave: '退出登录',
  },
});

/** Whose password has expired may do nothing else before there is a new one. */
export function PasswordPage() {
  const text = useText(texts);
  const { account } = useSession();
  const change = useChange(changeOwnPassword);
  const form = useForm({
    initialValues: { oldPassword: '', newPassword: '', again: '' },
    validate: { again: (again, { newPassword }) => (again === newPassword ? null : text.differs) },
  });
  const submit = form.onSubmit(({ oldPassword, newPassword }) => { change.mutate({ oldPassword, newPassword }, { onSuccess: begin }); });
  return (
    <Center mih="100vh" p="md" component="main">
      <Card withBorder shadow="sm" padding="lg" w="100%" maw={440}>
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">{text.title}</Title>
            <Text size="sm" c="dimmed">{text.why}</Text>
            <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
            <PasswordInput label={text.old} autoComplete="current-password" required {...form.getInputProps('oldPassword')} />
            <PasswordInput label={text.next} autoComplete="new-password" required {...form.getInputProps('newPassword')} />
            <PasswordInput label={text.again} autoComplete="new-password" required {...form.getInputProps('again')} />
            {change.error !== null && <FaultAlert error={change.error} />}
            <Button type="submit" loading={change.isPending}>{text.save}</Button>
            <Button variant="subtle" onClick={() => { void signOut(); }}>{text.leave}</Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
