import { Card, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { addressOf, PLACES, placeTexts } from '../frame/places.ts';
import { useSession } from '../session/session.ts';
import { useText } from '../text/catalogue.ts';
import { guideTexts } from './guide-texts.ts';

/** What stands at home where the guide has been put away. */
export function PlaceList() {
  const text = useText(guideTexts);
  const names = useText(placeTexts);
  const session = useSession();
  const places = PLACES.filter((place) => place.isFor(session) && place.name !== 'guide');
  return (
    <section aria-label={text.places}>
      <Title order={2} size="h4" mb="sm">{text.places}</Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        {places.map(({ path, name, icon: Icon }) => (
          <Card key={path} component={Link} href={addressOf({ path })} withBorder padding="sm" c="inherit" td="none">
            <Group gap="sm" wrap="nowrap"><Icon size={20} aria-hidden /><Text fw={500}>{names[name]}</Text></Group>
          </Card>
        ))}
      </SimpleGrid>
    </section>
  );
}
