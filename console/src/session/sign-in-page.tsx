import { Card, Center, Group, Stack, Text, Title } from '@mantine/core';
import { DemoPeople } from '../demo/demo-people.tsx';
import { LanguageMenu } from '../frame/language-menu.tsx';
import { SchemeButton } from '../frame/scheme-button.tsx';
import { catalogue, useText } from '../text/catalogue.ts';
import { PasswordForm } from './password-form.tsx';

const texts = catalogue({
  en: { title: 'Parley', about: 'An open contact centre that anyone can run.' },
  zh: { title: 'Parley', about: '人人可运行的开放式联络中心。' },
});

/** The door: people of the demo by a click, where the page was opened by the link of the start; everybody by a password. */
export function SignInPage() {
  const text = useText(texts);
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack w="100%" maw={440}>
        <Group justify="space-between">
          <div>
            <Title order={1}>{text.title}</Title>
            <Text c="dimmed">{text.about}</Text>
          </div>
          <Group gap={4}><LanguageMenu /><SchemeButton /></Group>
        </Group>
        <DemoPeople />
        <Card withBorder shadow="sm" padding="lg"><PasswordForm /></Card>
      </Stack>
    </Center>
  );
}
