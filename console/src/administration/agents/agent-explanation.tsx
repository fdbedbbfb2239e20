import { Modal } from '@mantine/core';
import { Explanation } from '../../board/explanation.tsx';
import { useText } from '../../text/catalogue.ts';
import { accountTexts } from '../accounts/account-texts.ts';
import { agentTexts } from './agent-texts.ts';
import type { Agent } from './agents.ts';

const LIVE_MS = 2000;

/** Why no call comes to an agent, as it is at the moment. */
export function AgentExplanation({ agent: { workNo, userName }, onClose }: { readonly agent: Agent; readonly onClose: () => void }) {
  const text = useText(agentTexts);
  const words = useText(accountTexts);
  return (
    <Modal opened onClose={onClose} title={text.explainTitle(userName)} size="lg" centered closeButtonProps={{ 'aria-label': words.close }}>
      <Explanation workNo={workNo} everyMs={LIVE_MS} />
    </Modal>
  );
}
