import { integer, object } from '../schema.ts';

/** 6.1.1.1 says 101 to 59999. The C4 authenticator refuses others before anything else is looked at. */
export const agentId = integer('Work number of the agent, 101 to 59999.', { min: 101, max: 59_999 });

export const agentPath = object({ agentid: agentId });
