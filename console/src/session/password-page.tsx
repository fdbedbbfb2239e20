import { Button, Card, Center, Stack, Text, Title } from '@mantine/core';
import { catalogue, useText } from '../text/catalogue.ts';
import { OwnPassword } from './own-password.tsx';
import { signOut } from './session.ts';

const texts = catalogue({
  en: { title: 'Choose a new password', why: 'Your password has expired or was set by somebody else. Choose one that only you know.', save: 'Change it and go on', leave: 'Sign out' },
  zh: { title: '请设置新密码', why: '您的密码已过期或由他人设置，请设置仅自己知道的密码。', save: '修改并继续', leave: '退出登录' },
});

/** Whose password has expired may do nothing else before there is a new one. */
export function PasswordPage() {
  const text = useText(texts);
  return (
    <Center mih="100vh" p="md" component="main">
      <Card withBorder shadow="sm" padding="lg" w="100%" maw={440}>
        <Stack>
          <Title order={1} size="h3">{text.title}</Title>
          <Text size="sm" c="dimmed">{text.why}</Text>
          <OwnPassword>
            {(isSaving) => (
              <>
                <Button type="submit" loading={isSaving}>{text.save}</Button>
                <Button variant="subtle" onClick={() => { void signOut(); }}>{text.leave}</Button>
              </>
            )}
          </OwnPassword>
        </Stack>
      </Card>
    </Center>
  );
}
