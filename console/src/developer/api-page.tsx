import { Anchor, Button, Card, List, Stack, Text, Title } from '@mantine/core';
import { BookOpen, Braces } from 'lucide-react';
import { Link } from 'wouter';
import { useSession } from '../session/session.ts';
import { Page } from '../show/page.tsx';
import { useText } from '../text/catalogue.ts';
import { apiTexts } from './developer-texts.ts';

/** Where developers begin. */
export function ApiPage() {
  const text = useText(apiTexts);
  const { workNo, permissions } = useSession();
  const actions = (
    <>
      <Button component="a" href="/docs" target="_blank" rel="noreferrer" leftSection={<BookOpen size={16} />}>{text.reference}</Button>
      <Button component="a" href="/openapi.json" target="_blank" rel="noreferrer" variant="default" leftSection={<Braces size={16} />}>{text.document}</Button>
    </>
  );
  return (
    <Page title={text.title} about={text.about} actions={actions}>
      <Text size="sm" c="dimmed">{text.where}</Text>
      <Card withBorder component="section">
        <Title order={2} size="h4" mb="xs">{text.concepts}</Title>
        <List spacing="xs">{Object.entries(text.lines).map(([name, line]) => <List.Item key={name}>{line}</List.Item>)}</List>
      </Card>
      <Card withBorder component="section">
        <Title order={2} size="h4" mb="xs">{text.more}</Title>
        <Stack gap="xs">
          {permissions.includes('tenant.write') && <Anchor component={Link} href="/developer/requests">{text.requests}</Anchor>}
          {workNo !== null && <Anchor component={Link} href="/developer/events">{text.events}</Anchor>}
          <Text size="sm">{text.catalogue}</Text>
        </Stack>
      </Card>
    </Page>
  );
}
