import { operation } from '../operation.ts';
import { integer, object, word } from '../schema.ts';
import { gatewayConfiguration, gatewayConfigurationErrors as errors } from './family.ts';

export const configLogin = operation({
  id: 'configLogin', family: gatewayConfiguration, section: '4.6', tag: 'Access',
  method: 'POST', path: '/agentgateway/resource/config/login', auth: 'none',
  summary: 'Sign in for the configuration interfaces of the agent gateway',
  description: 'Either an agent whose account is a supervisor or an administrator, by work number and CTI password, or a tenant as a whole, by its VDN id '
    + 'plus 100000 and the VDN\'s password. The GUID that comes back goes into the header `Guid` of the calls that follow; it lives 12 hours, '
    + 'and ends when the password is changed. Where the same work number with the same password exists in two tenants, neither can sign in so.',
  request: {
    body: object({
      agentId: integer('Work number, 1 to 59999; or VDN id plus 100000.', { min: 1 }),
      password: word('The password that belongs to it.', { max: 256 }),
    }),
  },
  result: object({ guid: word('Shows who calls; also the reply header `Guid`.') }),
  replyHeaders: { Guid: 'The GUID again.' },
  errors: [errors.signInFailed, errors.locked],
  examples: [{
    request: { agentId: 101, password: 'Correct-Horse-7' },
    response: { result: { guid: '6f1c2c0e-3b1a-4f55-9a5d-0c5a6e1f7b21.AgentGateway0' }, message: 'success', retcode: '0' },
  }],
});
