import { Text } from '@mantine/core';
import { faultOf } from '../session/fault.ts';
import { FaultAlert } from '../show/fault-alert.tsx';
import { useText } from '../text/catalogue.ts';
import { recordingTexts } from './recording-texts.ts';

/** Why recordings cannot be heard; to whom the right is missing, where it is given. */
export function HearingFault({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const text = useText(recordingTexts);
  return <FaultAlert error={error} onRetry={onRetry}>{faultOf(error).status === 403 && <Text size="sm">{text.forbiddenHint}</Text>}</FaultAlert>;
}
