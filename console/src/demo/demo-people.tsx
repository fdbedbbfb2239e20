import { Alert, Card, Stack, Text, Title } from '@mantine/core';
import { Link2Off } from 'lucide-react';
import { useEffect } from 'react';
import { Loaded } from '../show/loaded.tsx';
import { useText } from '../text/catalogue.ts';
import { useDemo } from './demo.ts';
import { demoTexts } from './demo-texts.ts';
import { askWhom, useDemoLink } from './link.ts';
import { PeopleList } from './people-list.tsx';

/** At the door: the people of the demo, for whoever has come by the link that the start printed. */
export function DemoPeople() {
  const text = useText(demoTexts);
  const { token } = useDemoLink();
  const demo = useDemo(token);
  useEffect(() => { askWhom(false); }, [token]);
  if (token === undefined) return null;
  return (
    <Loaded query={demo}>
      {(view) => (view === null
        ? <Alert color="yellow" icon={<Link2Off />} title={text.stale}>{text.staleHint}</Alert>
        : (
          <Card withBorder shadow="sm" padding="lg">
            <Stack gap="xs">
              <div>
                <Title order={2} size="h4">{text.title}</Title>
                <Text size="sm" c="dimmed">{text.choose}</Text>
              </div>
              <PeopleList token={token} demo={view} />
            </Stack>
          </Card>
        ))}
    </Loaded>
  );
}
