import { Alert, Button, Group, SegmentedControl } from '@mantine/core';
import { Ear } from 'lucide-react';
import { qcRequestSwitchInsertWhisperAgent, qcStopSuperviseOrInsert } from '@parley/contract/gateway/inspection.ts';
import type { LiveAgent } from '../live/live.ts';
import { useNotice } from '../show/notice.ts';
import { useText } from '../text/catalogue.ts';
import { useDoing, useInspection } from './own-desk.ts';
import { supervisionTexts } from './supervision-texts.ts';

/** As 12.1.14 counts them. */
const SWITCH_TYPES = { listening: 0, inserting: 1, whispering: 2 } as const;

/** Says for as long as it lasts that somebody is being listened to, and by whom that is ended. */
export function InspectionBanner({ agents }: { readonly agents: readonly LiveAgent[] }) {
  const text = useText(supervisionTexts);
  const notice = useNotice();
  const inspection = useInspection();
  const change = useDoing(qcRequestSwitchInsertWhisperAgent);
  const stop = useDoing(qcStopSuperviseOrInsert);
  if (inspection === undefined) return null;
  const { workNo, how, isCalling } = inspection;
  const name = agents.find((agent) => agent.workNo === workNo)?.name ?? text.agentNo(workNo);
  return (
    <Alert color="teal" icon={<Ear />} title={isCalling ? text.calling(name) : text[how](name)} role="status" p="xs">
      <Group gap="xs">
        <SegmentedControl
          size="xs" aria-label={text.mode} disabled={isCalling || change.isPending} value={how}
          data={[{ value: 'listening', label: text.listen }, { value: 'whispering', label: text.whisper }, { value: 'inserting', label: text.insert }]}
          onChange={(value) => { change.mutate({ whisperagentid: workNo, switchtype: SWITCH_TYPES[value] }, { onError: notice.failed }); }}
        />
        <Button size="xs" color="teal" loading={stop.isPending} onClick={() => { stop.mutate({ workNo }, { onError: notice.failed }); }}>{text.stop}</Button>
      </Group>
    </Alert>
  );
}
