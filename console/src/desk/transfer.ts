import { innerHelp } from '@parley/contract/gateway/call-dial.ts';
import { transferCall } from '@parley/contract/gateway/call-transfer.ts';
import { doAtDesk } from './desk.ts';
import { requestOf, type Target, type Way } from './transfer-ways.ts';

export async function send(target: Target, way: Way): Promise<void> {
  const request = requestOf(target, way);
  if (request.by === 'help') await doAtDesk(innerHelp, request.input);
  else await doAtDesk(transferCall, request.input);
}
