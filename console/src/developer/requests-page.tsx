import { Button, Card, SimpleGrid, Text } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { listKeys } from '@parley/contract/admin/key.ts';
import { querySkills } from '@parley/contract/configuration/queue.ts';
import { useAsked } from '../session/asking.ts';
import { tenantNow } from '../session/client.ts';
import { useSession } from '../session/session.ts';
import { Empty } from '../show/empty.tsx';
import { Loaded } from '../show/loaded.tsx';
import { Page } from '../show/page.tsx';
import { useText } from '../text/catalogue.ts';
import { requestTexts } from './developer-texts.ts';
import { RequestForm, type UsableKey } from './request-form.tsx';
import { RequestReply, type MadeRequest } from './request-reply.tsx';

const MOST_QUEUES = 10;

function NoKeys() {
  const text = useText(requestTexts);
  return <Empty icon={KeyRound} title={text.noKeys} hint={text.noKeysHint} action={<Button component={Link} href="/keys">{text.toKeys}</Button>} />;
}

interface TryingProps {
  readonly usable: readonly UsableKey[];
  readonly skillIds: readonly number[];
}

function Trying({ usable: [first, ...others], skillIds }: TryingProps) {
  const text = useText(requestTexts);
  const { vdnId } = useSession();
  const [made, setMade] = useState<MadeRequest>();
  if (first === undefined) return <NoKeys />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <RequestForm keys={[first, ...others]} known={{ vdnId: tenantNow() ?? vdnId, skillIds }} onMade={setMade} />
      {made === undefined ? <Card withBorder><Text c="dimmed">{text.nothing}</Text></Card> : <RequestReply key={made.authorization} request={made} />}
    </SimpleGrid>
  );
}

/** Shows how a request is made with one of the tenant's keys, whose secret never comes into the page. */
export function RequestsPage() {
  const text = useText(requestTexts);
  const keys = useAsked(listKeys, {});
  const queues = useAsked(querySkills, { limit: MOST_QUEUES, offset: 0 });
  return (
    <Page title={text.title} about={text.about}>
      <Loaded query={keys}>
        {({ keys: all }) => {
          const usable = all.flatMap(({ scheme, keyId, label, enabled }) => (enabled && (scheme === 'C1' || scheme === 'C2') ? [{ scheme, keyId, label }] : []));
          return (
            <Loaded query={queues}>
              {({ data }) => <Trying usable={usable} skillIds={data.map(({ skillId }) => skillId)} />}
            </Loaded>
          );
        }}
      </Loaded>
    </Page>
  );
}
