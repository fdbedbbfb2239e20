import { operation } from '../operation.ts';
import { integer, integerOf, list, nullable, object, text } from '../schema.ts';
import { configuration, retCode } from './family.ts';

export const flowTypes = [0, 1, 2, 3, 4, 5, 6] as const;

export const FLOW_TYPE = '0 not said, 1 GSL file, 2 VoiceXML file, 3 a third party\'s IVR, 4 VoiceXML of the CCIVR, 5 CCXML, 6 WaitScript.';

export const queryIVRFlowList = operation({
  id: 'queryIVRFlowList', family: configuration, section: '5.4.1', tag: 'IVR flows',
  method: 'POST', path: '/apiaccess/rest/cc-management/v1/ivrFlow/queryIVRFlowList', auth: 'C1', reads: true, envelope: retCode,
  summary: 'List the IVR flows',
  description: 'All flows of the tenant at once. The ids are those by which called routes (5.3.2) and skill queues (5.2.1) lead to a flow.',
  request: {},
  result: object({
    result: list(object({
      id: integer('Id of the flow.'),
      accessCode: text('Code at which the flow is reached.'),
      description: text('What the flow is for.'),
      flowFileName: text('File that the flow was made from; empty when there is none.'),
      flowType: integerOf(flowTypes, FLOW_TYPE),
      isLoad: integerOf([0, 1], '1 when the flow is loaded and takes calls, else 0.'),
      maxCallNum: nullable(integer('How many calls it takes at a time; null when there is no limit.')),
    }), 'The flows, by id.'),
  }),
  examples: [{
    response: {
      retCode: '0', message: 'success',
      result: [
        { isLoad: 1, accessCode: '90500', maxCallNum: null, description: 'Exception handling', id: 1, flowFileName: 'defaultIVR.GSL', flowType: 1 },
        { isLoad: 1, accessCode: '90501', maxCallNum: null, description: '1015', id: 2, flowFileName: 'defaultIVR.GSL', flowType: 1 },
      ],
    },
  }],
});
