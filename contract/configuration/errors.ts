import { agentErrors } from './agent-account.ts';
import { appSettingErrors } from './app-setting.ts';
import { calledRouteErrors } from './called-route.ts';
import { errors as standard } from './family.ts';
import { numberAreaErrors } from './number-area.ts';
import { queueErrors } from './queue.ts';
import { satisfactionErrors } from './satisfaction.ts';
import { voiceErrors } from './voice.ts';

/** The one catalogue of the configuration family. */
export const configurationErrors = {
  ...standard, ...queueErrors, ...agentErrors, ...appSettingErrors, ...calledRouteErrors, ...numberAreaErrors,
  ...satisfactionErrors, ...voiceErrors,
} as const;
