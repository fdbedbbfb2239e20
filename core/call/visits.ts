import { openVisit, type Call, type DeviceKind, type Visit } from './call.ts';

/* The devices that a call passes (13.2): entered, and left for a reason. */

export function enterDevice(call: Call, device: DeviceKind, no: string, enterReason: number, at: number, phase: 'wait' | 'ack' | 'talk', access?: string): void {
  call.visits.push({
    device, no, access, enterReason, queue: call.queue, waitFrom: at,
    ackFrom: phase === 'wait' ? undefined : at, talkFrom: phase === 'talk' ? at : undefined, until: undefined, leaveReason: undefined, row: undefined,
  });
}

export function leaveDevice(visit: Visit | undefined, leaveReason: number, at: number): void {
  if (visit === undefined) return;
  visit.until = at;
  visit.leaveReason = leaveReason;
}

/** Somebody has answered: agents who waited for it, as they had dialled, talk from now on. */
export function talkBegins(call: Call, at: number): void {
  for (const part of call.parts) {
    const visit = part.kind === 'agent' ? openVisit(call, 'agent', String(part.agent)) : undefined;
    if (visit !== undefined) visit.talkFrom ??= at;
  }
}
