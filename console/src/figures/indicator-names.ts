/* Names of the indicators of 12.3.8.1 and how they are reckoned, in words. `{n}` stands for the seconds of those that have some. Others are shown by their code. */

export interface Wording {
  readonly name: string;
  readonly formula: string;
}

interface Worded {
  readonly en: Wording;
  readonly zh: Wording;
}

const worded = (name: string, formula: string, zhName: string, zhFormula: string): Worded => ({ en: { name, formula }, zh: { name: zhName, formula: zhFormula } });

export const indicatorNames: Readonly<Record<string, Worded>> = {
  // Queues.
  IDX_COUNT_SKILL_REQUEST: worded('Requests', 'Each time a call rings at an agent, or ends while it waits', '人工请求数', '呼入振铃到座席的次数，加排队中结束的次数'),
  IDX_COUNT_SKILL_INCOMING_CALL: worded('Calls into queues', 'Calls that came to the queue, each once', '进入队列的呼叫', '进入该队列的呼叫，每通计一次'),
  IDX_COUNT_SKILL_CONNECTED: worded('Answered', 'Requests that an agent has answered', '人工接通数', '座席接听的请求数'),
  IDX_COUNT_SKILL_ABANDON: worded('Lost', 'Requests − answered', '人工呼损数', '请求数 − 接通数'),
  IDX_COUNT_SKILL_USER_ABANDON: worded('Given up by customers', 'Calls whose customer hung up while waiting or ringing', '客户放弃数', '排队或振铃时客户挂机的呼叫'),
  IDX_COUNT_SKILL_USER_ABANDON_QUEUE: worded('Given up while waiting', 'Calls whose customer hung up in the queue', '排队放弃数', '排队时客户挂机的呼叫'),
  IDX_COUNT_SKILL_USER_ABANDON_AGENT: worded('Given up while ringing', 'Calls whose customer hung up at a ringing agent', '振铃放弃数', '座席振铃时客户挂机的呼叫'),
  IDX_COUNT_SKILL_AGENT_ABANDON: worded('Declined by agents', 'Calls that agents declined or hung up while ringing', '座席拒接数', '振铃时座席拒接或挂断的呼叫'),
  IDX_COUNT_SKILL_QUEUE_DISCONNECTED: worded('Ended in the queue', 'Calls that the centre ended while they waited', '队列中释放数', '排队时由系统结束的呼叫'),
  IDX_COUNT_SKILL_SYSTEM_LOST: worded('Lost by the centre', 'Calls lost for other reasons, such as agents who do not answer', '系统呼损数', '因座席不应答等原因中断的呼叫'),
  IDX_COUNT_SKILL_LOST_RING: worded('Rung in vain', 'Calls that rang at an agent and were not answered', '振铃未接数', '振铃后未被接听的呼叫'),
  IDX_COUNT_SKILL_TIME_OUT_QUEUE: worded('Too long, to a queue', 'Calls passed to another queue when the longest wait was over', '超时转队列', '排队超时转到其他队列的呼叫'),
  IDX_COUNT_SKILL_TIMEOUT_IVR: worded('Too long, to a flow', 'Calls passed to a flow when the longest wait was over', '超时转流程', '排队超时转到流程的呼叫'),
  IDX_COUNT_SKILL_OVERFLOW_QUEUE: worded('Full, to a queue', 'Calls passed to another queue because this one was full', '溢出转队列', '队列已满转到其他队列的呼叫'),
  IDX_COUNT_SKILL_OVERFLOW_IVR: worded('Full, to a flow', 'Calls passed to a flow because the queue was full', '溢出转流程', '队列已满转到流程的呼叫'),
  IDX_COUNT_SKILL_CONNECTED_IN: worded('Answered within {n} s', 'Answered after at most {n} s of waiting and ringing', '{n} 秒内接通数', '排队加振铃不超过 {n} 秒接通的呼叫'),
  IDX_COUNT_SKILL_CONNECTED_AFTER: worded('Answered after {n} s', 'Answered − answered within {n} s', '{n} 秒后接通数', '接通数 − {n} 秒内接通数'),
  IDX_COUNT_SKILL_ABANDON_IN: worded('Lost within {n} s', 'Lost after at most {n} s of waiting and ringing', '{n} 秒内呼损数', '排队加振铃不超过 {n} 秒呼损的呼叫'),
  IDX_COUNT_SKILL_ABANDON_AFTER: worded('Lost after {n} s', 'Lost − lost within {n} s', '{n} 秒后呼损数', '呼损数 − {n} 秒内呼损数'),
  IDX_RATE_SKILL_CONNECTED: worded('Answer rate', 'Answered ÷ requests', '接通率', '接通数 ÷ 请求数'),
  IDX_RATE_SKILL_ABANDON: worded('Loss rate', '100 % − answer rate', '呼损率', '100% − 接通率'),
  IDX_RATE_SKILL_RING_CONNECT: worded('Rings answered', 'Rings that were answered ÷ all rings', '振铃接通率', '接通的振铃次数 ÷ 总振铃次数'),
  IDX_DURATION_SKILL_CONNECTED: worded('Talk time', 'All talks together', '通话总时长', '全部人工通话时长之和'),
  IDX_DURATION_SKILL_AVG_CONNECTED: worded('Average talk', 'Talk time ÷ answered', '平均通话时长', '通话总时长 ÷ 接通数'),
  IDX_DURATION_SKILL_AVG_QUEUE_ACK: worded('Average wait', 'Waiting and ringing ÷ requests', '平均等待时长', '（排队 + 振铃时长）÷ 请求数'),
  IDX_DURATION_SKILL_MAX_QUEUE_ACK: worded('Longest wait', 'The longest waiting and ringing of a call', '最长等待时长', '单通呼叫排队加振铃的最大时长'),
  IDX_DURATION_SKILL_MIN_QUEUE_ACK: worded('Shortest wait', 'The shortest waiting and ringing of a call', '最短等待时长', '单通呼叫排队加振铃的最小时长'),
  IDX_DURATION_SKILL_AVG_CONNECTED_QUEUE: worded('Average wait of answered', 'Waiting of answered calls ÷ answered', '接通平均排队时长', '接通呼叫排队时长 ÷ 接通数'),
  IDX_DURATION_SKILL_AVG_ABANDON_QUEUE: worded('Average wait of lost', 'Waiting of lost calls ÷ lost', '呼损平均排队时长', '呼损呼叫排队时长 ÷ 呼损数'),
  IDX_DURATION_SKILL_AVG_CONNECTED_ACK: worded('Average ringing of answered', 'Ringing of answered calls ÷ answered', '接通平均振铃时长', '接通呼叫振铃时长 ÷ 接通数'),
  IDX_DURATION_SKILL_AVG_ABANDON_ACK: worded('Average ringing of lost', 'Ringing of lost calls ÷ lost', '呼损平均振铃时长', '呼损呼叫振铃时长 ÷ 呼损数'),
  IDX_DURATION_SKILL_ALL_QUEUE: worded('Waiting in all', 'All waiting in queues together', '排队总时长', '全部排队时长之和'),
  IDX_DURATION_SKILL_ALL_ACK: worded('Ringing in all', 'All ringing together', '振铃总时长', '全部振铃时长之和'),

  // Agents.
  IDX_COUNT_AGENT_REQUEST: worded('Offered', 'Calls that were given to the agent', '请求数', '分配给座席的呼入数'),
  IDX_COUNT_AGENT_CONNECTED: worded('Answered', 'Incoming calls that the agent has answered', '呼入接通数', '座席接听的呼入数'),
  IDX_COUNT_AGENT_ABANDON: worded('Not answered', 'Offered − answered', '呼损数', '请求数 − 接通数'),
  IDX_COUNT_AGENT_LOST_RING: worded('Rung in vain', 'Calls that rang and were not answered', '振铃未接数', '振铃后未接听的呼叫'),
  IDX_COUNT_AGENT_NO_ACK: worded('Missed', 'Calls that rang for too long', '久不应答数', '振铃超时未接听的呼叫'),
  IDX_COUNT_AGENT_HANG_UP: worded('Declined', 'Calls that the agent declined or hung up while ringing', '拒接数', '振铃时座席拒接或挂断的呼叫'),
  IDX_COUNT_AGENT_CALL_OUT: worded('Outgoing answered', 'Outgoing calls that were answered', '呼出接通数', '座席呼出并接通的呼叫'),
  IDX_COUNT_TOTAL_AGENT_CALL_OUT: worded('Outgoing', 'All outgoing calls', '呼出总数', '座席的全部呼出'),
  IDX_COUNT_AGENT_CONNECTED_IN: worded('Answered within {n} s', 'Answered after at most {n} s', '{n} 秒内接通数', '不超过 {n} 秒接听的呼叫'),
  IDX_COUNT_AGENT_SIGN_IN: worded('Sign-ins', 'How often the agent signed in', '签入次数', '座席签入的次数'),
  IDX_COUNT_AGENT_HOLD: worded('Holds', 'How often the agent held a call', '保持次数', '座席保持通话的次数'),
  IDX_COUNT_AGENT_REST: worded('Rests', 'How often the agent rested', '休息次数', '座席休息的次数'),
  IDX_COUNT_AGENT_SET_BUSY: worded('Times busy', 'How often the agent was busy', '示忙次数', '座席示忙的次数'),
  IDX_COUNT_AGENT_MOVE_INSIDE: worded('Transfers inside', 'Calls passed to colleagues', '内部转接次数', '转给同事的通话'),
  IDX_COUNT_AGENT_MOVE_OUT: worded('Transfers outside', 'Calls passed to numbers outside', '转出次数', '转到外部号码的通话'),
  IDX_COUNT_AGENT_INSIDE_HELP_SEEKING: worded('Consultations', 'How often the agent asked a colleague', '内部求助次数', '座席向同事求助的次数'),
  IDX_COUNT_AGENT_3WC: worded('Three-party calls', 'How often the agent made one', '三方通话次数', '座席发起三方通话的次数'),
  IDX_RATE_AGENT_CONNECTED: worded('Answer rate', 'Answered ÷ offered', '接通率', '接通数 ÷ 请求数'),
  IDX_RATE_AGENT_SUCCESS_OUT: worded('Outgoing answer rate', 'Outgoing answered ÷ outgoing', '呼出接通率', '呼出接通数 ÷ 呼出总数'),
  IDX_DURATION_AGENT_SIGN_IN: worded('Signed in', 'Time signed in', '签入时长', '座席签入的时长'),
  IDX_DURATION_AGENT_FREE: worded('Ready', 'Time ready for calls', '空闲时长', '座席空闲的时长'),
  IDX_DURATION_AGENT_SET_BUSY: worded('Busy', 'Time busy', '示忙时长', '座席示忙的时长'),
  IDX_DURATION_AGENT_REST: worded('Rest', 'Time at rest', '休息时长', '座席休息的时长'),
  IDX_DURATION_AGENT_HOLD: worded('On hold', 'Time for which calls were held', '保持时长', '座席保持通话的时长'),
  IDX_DURATION_AGENT_RING: worded('Ringing', 'Time for which calls rang', '振铃时长', '座席振铃的时长'),
  IDX_DURATION_AGENT_AVG_RING: worded('Average ringing', 'Ringing ÷ rings', '平均振铃时长', '振铃时长 ÷ 振铃次数'),
  IDX_DURATION_AGENT_CONVERSATION_IN: worded('Talk, incoming', 'Talk of incoming calls', '呼入通话时长', '呼入通话时长之和'),
  IDX_DURATION_AGENT_AVERAGE_CONVERSATION_IN: worded('Average talk', 'Talk of incoming calls ÷ answered', '平均通话时长', '呼入通话时长 ÷ 接通数'),
  IDX_DURATION_AGENT_CALL_OUT: worded('Talk, outgoing', 'Talk of outgoing calls', '呼出通话时长', '呼出通话时长之和'),
  IDX_DURATION_AGENT_AVG_CALL_OUT: worded('Average talk, outgoing', 'Talk of outgoing calls ÷ outgoing answered', '平均呼出时长', '呼出通话时长 ÷ 呼出接通数'),
  IDX_DURATION_AGENT_COLLATION: worded('Wrap-up after calls', 'Time in wrap-up after calls', '话后整理时长', '通话后整理的时长'),
  IDX_DURATION_AGENT_AVG_COLLATION: worded('Average wrap-up', 'Wrap-up after calls ÷ how often', '平均整理时长', '话后整理时长 ÷ 次数'),
  IDX_DURATION_AGENT_MAX_CALLING: worded('Longest talk', 'The longest talk of one call', '最长通话', '单通最长通话时长'),

  // The tenant.
  IDX_COUNT_INBOUND_CALL: worded('Incoming', 'Calls that came in', '呼入总数', '全部呼入'),
  IDX_COUNT_INBOUND_CONNECTED: worded('Incoming served', 'Calls that an agent has answered, or a flow alone has served', '呼入接通数', '座席接听或仅由流程服务的呼入'),
  IDX_COUNT_INBOUND_ABANDON_CONNECTED: worded('Incoming lost', 'Incoming − served', '呼入呼损数', '呼入总数 − 接通数'),
  IDX_COUNT_OUTBOUND_CALL: worded('Outgoing', 'Calls to the outside', '呼出总数', '全部呼出'),
  IDX_COUNT_OUTBOUND_CONNECTED: worded('Outgoing answered', 'Calls to the outside that were answered', '呼出接通数', '接通的呼出'),
  IDX_COUNT_AGENT_INBOUND: worded('For agents', 'Incoming calls that asked for an agent', '人工呼入数', '请求人工的呼入'),
  IDX_COUNT_AGENT_INBOUND_CONNECTED: worded('Answered by agents', 'Incoming calls that an agent has answered', '人工呼入接通数', '座席接听的呼入'),
  IDX_COUNT_IVR_INBOUND: worded('In flows', 'Times that incoming calls came to flows', '流程呼入数', '呼入进入流程的次数'),
  IDX_COUNT_IVR_ONLY_INBOUND: worded('Served by flows alone', 'Incoming calls that were in flows only', '纯流程呼入数', '仅在流程中的呼入'),
  IDX_COUNT_TOTAL_CALL: worded('Calls', 'Incoming + outgoing', '呼叫总数', '呼入 + 呼出'),
  IDX_COUNT_CONNECTED_CALL: worded('Calls served', 'Incoming served + outgoing answered', '接通总数', '呼入接通 + 呼出接通'),
  IDX_COUNT_ABANDONED_CALL: worded('Calls lost', 'Calls − calls served', '呼损总数', '呼叫总数 − 接通总数'),
  IDX_RATE_INBOUND_CONNECTED: worded('Served rate', 'Incoming served ÷ incoming', '呼入接通率', '呼入接通数 ÷ 呼入总数'),
  IDX_RATE_OUTBOUND_CONNECTED: worded('Outgoing answer rate', 'Outgoing answered ÷ outgoing', '呼出接通率', '呼出接通数 ÷ 呼出总数'),
  IDX_RATE_AGENT_INBOUND_CONNECTED: worded('Answer rate of agents', 'Answered by agents ÷ for agents', '人工接通率', '人工接通数 ÷ 人工呼入数'),
  IDX_RATE_AGENT_INBOUND_ABANDON: worded('Loss rate of agents', '100 % − answer rate of agents', '人工呼损率', '100% − 人工接通率'),
  IDX_RATE_PHONE_INBOUND_ABANDON: worded('Loss rate', '100 % − served rate', '呼入呼损率', '100% − 呼入接通率'),
  IDX_RATE_ABANDON_IN: worded('Lost within {n} s', 'Lost after at most {n} s ÷ lost', '{n} 秒内呼损占比', '{n} 秒内呼损 ÷ 呼损数'),
  IDX_RATE_AGENT_CONNECTED_IN: worded('Answered within {n} s', 'Answered after at most {n} s ÷ answered', '{n} 秒接通占比', '{n} 秒内接通 ÷ 接通数'),
  IDX_RATE_AGENT_CONNECTED_AFTER: worded('Answered after {n} s', '100 % − answered within {n} s', '{n} 秒后接通占比', '100% − {n} 秒接通占比'),
  IDX_RATE_AGENT_CALL_IN_CONNECTED_IN: worded('Answered within {n} s', 'Answered by agents after at most {n} s ÷ answered', '{n} 秒接通占比', '{n} 秒内人工接通 ÷ 人工接通数'),
  IDX_RATE_AGENT_CALL_IN_CONNECTED: worded('Answer rate of requests', 'Answered by agents ÷ requests to agents, transfers counted again', '人工请求接通率', '人工接通数 ÷ 人工请求数（转接重复计）'),
  IDX_DURATION_AVG_WAIT: worded('Average wait', 'Waiting and ringing ÷ requests to agents', '平均等待时长', '（排队 + 振铃时长）÷ 人工请求数'),
  IDX_DURATION_AVG_CONNECTED: worded('Average talk of incoming', 'Talk ÷ incoming served', '呼入平均时长', '通话时长 ÷ 呼入接通数'),
  IDX_DURATION_AVG_AGENT_CALL_IN_CONNECTED: worded('Average talk', 'Talk with agents ÷ answered by agents', '人工平均通话时长', '人工通话时长 ÷ 人工接通数'),
  IDX_DURATION_AVG_AGENT_CALL_OUT_CONNECTED: worded('Average talk, outgoing', 'Talk of outgoing calls ÷ outgoing answered', '呼出平均通话时长', '呼出通话时长 ÷ 呼出接通数'),
  IDX_DURATION_AVG_VDN_INBOUND: worded('Average stay', 'From beginning to end of incoming calls ÷ incoming', '呼入平均占用时长', '呼入从开始到结束的时长 ÷ 呼入总数'),

  // Flows.
  IDX_COUNT_IVR_INBOUND_CALL: worded('Calls', 'Times that calls came to the flow', '流程请求数', '呼叫进入该流程的次数'),
  IDX_COUNT_IVR_INBOUND_CONNECTED: worded('Answered', 'Calls that the flow has answered', '流程接通数', '流程接通的呼叫'),
  IDX_COUNT_IVR_ABANDONED_CALL: worded('Lost', 'Calls − answered', '流程呼损数', '请求数 − 接通数'),
  IDX_COUNT_IVR_INBOUND_FLOWOUT: worded('Passed on', 'Calls that the flow has passed on', '流程转出数', '由流程转出的呼叫'),
  IDX_COUNT_IVR_INBOUND_USER_ABORT: worded('Hung up by customers', 'Calls whose customer hung up in the flow', '客户挂机数', '流程中客户挂机的呼叫'),
  IDX_COUNT_IVR_TO_AGENT: worded('On to agents', 'Calls that went from the flow to an agent', '转人工数', '由流程转到座席的呼叫'),
  IDX_RATE_IVR_INBOUND_CONNECTED: worded('Answer rate', 'Answered ÷ calls', '流程接通率', '接通数 ÷ 请求数'),
  IDX_DURATION_AVG_IVR_CONNECTED: worded('Average time', 'Time in the flow ÷ answered', '平均流程时长', '流程时长 ÷ 接通数'),
};

/** Name and formula of an indicator; its code where it has none. */
export function wordingOf(language: 'en' | 'zh', code: string): Wording {
  const own = indicatorNames[code];
  if (own !== undefined) return own[language];
  const [, stem = '', seconds = ''] = /^(IDX_\w+_(?:IN|AFTER))_(\d+)$/.exec(code) ?? [];
  const { name, formula } = indicatorNames[stem]?.[language] ?? { name: code, formula: '' };
  return { name: name.replace('{n}', seconds), formula: formula.replace('{n}', seconds) };
}
