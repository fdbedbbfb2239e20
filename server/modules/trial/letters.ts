import type { Letter } from '../../engine/mail.ts';
import { CODE_LIFE_MS } from './codes.ts';
import type { TrialTenant } from './provision.ts';

export const codeLetter = (to: string, code: string): Letter => ({
  to, subject: 'Your code for Parley', text: `Your code is ${code}. It is good for ${CODE_LIFE_MS / 60_000} minutes.\n\nIf you have not asked for it, you need do nothing.\n`,
});

export interface Welcome {
  readonly company: string;
  readonly portalUrl: string;
  readonly until: number;
}

/** A line for each thing that somebody types in somewhere. */
export function welcomeLetter(to: string, { company, portalUrl, until }: Welcome, trial: TrialTenant): Letter {
  const lines = [
    `The contact centre of ${company.replace(/\s+/g, ' ')} is ready. It is yours to try until ${new Date(until).toISOString().slice(0, 10)}.`, '',
    `Console: ${portalUrl}`,
    `Administrator: ${trial.administrator}`,
    `Password: ${trial.administratorPassword}`,
    'The first sign-in asks for a password of your own.', '',
    `Number to call: ${trial.accessCode}`,
    `Tenant: ${trial.tenantId}`,
    `VDN: ${trial.vdnId}`,
    `SIP server: ${trial.sip.host}:${trial.sip.port}`,
    ...trial.agents.flatMap((agent) => [
      '', `Work number: ${agent.workNo}`, `Work number password: ${agent.password}`, `Account: ${agent.account}`, `Account password: ${agent.accountPassword}`,
      `SIP account: ${agent.phone}`, `SIP password: ${agent.phonePassword}`,
    ]),
    '', 'Calls to the number go to whichever of the agents is signed in and free.',
  ];
  return { to, subject: 'Your contact centre is ready', text: `${lines.join('\n')}\n` };
}
