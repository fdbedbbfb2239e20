import { notifications } from '@mantine/notifications';
import { catalogue, languageNow } from '../text/catalogue.ts';
import { onAgentEvent, type AgentEventSeen } from './desk.ts';

/* What did not come about, of which only events tell: the operation had been taken. */

const texts = catalogue({
  en: {
    AgentEvent_Call_Out_Fail: 'The number could not be reached', AgentEvent_Inside_Call_Fail: 'The colleague could not be reached', AgentEvent_Consult_Fail: 'Nobody came; the customer is with you again',
    AgentEvent_SuccTransResult: 'The transfer did not come about; you keep the call', AgentConf_RequestFailed: 'The conference could not begin', AgentMediaEvent_Record_Fail: 'It could not be recorded',
    AgentEvent_No_Answer: 'You missed a call', AgentConf_ParticipantChanged: 'Somebody did not come to the conference', AgentEvent_Connect_Fail: 'The call could not be connected',
    note: (from: string) => `Note from ${from}`,
  },
  zh: {
    AgentEvent_Call_Out_Fail: '号码无法接通', AgentEvent_Inside_Call_Fail: '同事无法接通', AgentEvent_Consult_Fail: '咨询无人应答，已返回客户',
    AgentEvent_SuccTransResult: '转接未成功，通话保留', AgentConf_RequestFailed: '会议无法开始', AgentMediaEvent_Record_Fail: '录音失败',
    AgentEvent_No_Answer: '您有未接来电', AgentConf_ParticipantChanged: '有人未能加入会议', AgentEvent_Connect_Fail: '通话无法连接',
    note: (from: string) => `${from} 的便签`,
  },
});

type Told = Exclude<keyof (typeof texts)['en'], 'note'>;

/** Of these events only those whose result is not 0 are bad news. */
const hasFailed = ({ eventType, content }: AgentEventSeen): boolean => {
  if (eventType !== 'AgentEvent_SuccTransResult' && eventType !== 'AgentConf_ParticipantChanged') return true;
  return typeof content === 'object' && content !== null && 'result' in content && content.result !== 0;
};

const isTold = (eventType: string): eventType is Told => eventType in texts.en && eventType !== 'note';

export const keepFailures = (): (() => void) => onAgentEvent((event) => {
  const text = texts[languageNow()];
  const { eventType, content } = event;
  if (isTold(eventType) && hasFailed(event)) notifications.show({ message: text[eventType], color: 'yellow', autoClose: 6000 });
  if (eventType === 'AgentOther_Note') {
    const { sendername, sender, context } = content as { readonly sendername: string; readonly sender: string; readonly context: string };
    notifications.show({ title: text.note(sendername || sender), message: context, autoClose: 8000 });
  }
});
