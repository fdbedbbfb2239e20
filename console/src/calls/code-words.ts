/*
 * What codes mean: of 12.3.8.9 (why a call came to a device, or left it), of 12.3.8.10 (why it ended), of Table 12-702 (what
 * agents did), and the states of agents. They are plain, so that a test can hold them against those that there are.
 */

export const codeWords = {
  en: {
    reasons: {
      0: 'As usual', 1: 'The queue was full', 2: 'It had waited too long', 3: 'No agent on duty', 4: 'Waiting was cancelled', 5: 'The agent did not answer', 6: 'The call was taken back',
      7: 'Connected with a held call', 8: 'Three-party help', 9: 'Taken back from hold', 10: 'Three-party call', 11: 'Whoever consulted left', 12: 'Intercepted by a supervisor', 13: 'Picked up by a colleague',
      14: 'The number may not be called', 15: 'The customer hung up', 16: 'The agent hung up', 17: 'Transferred', 18: 'Put on hold', 19: 'Internal error', 20: 'Busy', 22: 'The phone is switched off',
      23: 'Out of coverage', 24: 'No such number', 25: 'No line or agent was free', 26: 'Nobody answered', 27: 'The other side declined', 28: 'Transferred to a queue', 29: 'Three-party call passed to a queue',
      30: 'The transfer took too long', 31: 'Passing the three-party call on took too long', 34: 'The other centre could not take it', 35: 'Back to the first centre', 36: 'Routed anew', 37: 'Routed in',
      38: 'A colleague was consulted', 39: 'Routed', 40: 'Routing took too long', 41: 'The consultation was cancelled', 42: 'Routing took too long, default route', 43: 'Routed by rule', 44: 'Routed in by rule',
      45: 'Consulted by rule', 46: 'The agent could not be reached', 47: 'Waiting in several queues', 48: 'Answered out of another queue', 50: 'The agent declined', 51: 'Joined a conference',
      52: 'The conference was ended', 53: 'Removed from the conference', 54: 'Passed on, as too few calls were answered', 88: 'The customer hung up after the answer', 89: 'The customer hung up after the answer',
    },
    causes: {
      80: 'The customer stopped waiting', 256: 'The flow was through', 263: 'The flow could not connect', 338: 'There was no flow, or it is faulty', 339: 'The flow was out of capacity', 340: 'Faulty script',
      342: 'Wrong name of a conference', 346: 'Nobody picked up the call-back', 350: 'The business system did not answer', 354: 'The flow lost its connection', 356: 'Dialling from the flow took too long',
      357: 'The flow could not connect both sides', 359: 'The longest duration was reached', 360: 'Another fault in the flow', 501: 'Ended by the flow or before it was routed', 502: 'Nobody answered in time',
      503: 'The connection was lost', 512: 'The queue was full', 513: 'The queue was full', 514: 'The flow did not answer', 515: 'The transfer got no answer', 516: 'Routing took too long', 517: 'The other side did not ring',
      518: 'The agent hung up', 521: 'Transferred out by an agent', 522: 'Transferred out by a flow', 525: 'Wrong target of the route', 526: 'Routing failed', 530: 'Internal error', 531: 'The customer hung up',
      535: 'Routing failed', 536: 'The customer stopped waiting', 537: 'Busy', 538: 'No such number', 540: 'Ended after an announcement', 548: 'The phone is switched off', 549: 'Out of coverage', 551: 'Another reason',
      561: 'The queue was full', 562: 'No agent on duty', 564: 'Too many calls at a time', 565: 'The calls of the day are used up', 566: 'Too many calls in the flow', 567: 'The number may not be called',
      601: 'The caller hung up before the answer', 602: 'No line or agent was free', 603: 'Nobody answered', 604: 'The other side declined', 605: 'The line was busy', 606: 'It took too long', 714: 'No flow at this number',
      732: 'The conference is over', 852: 'The agent declined', 853: 'The agent did not answer', 1077: 'The longest duration was reached',
    },
    operations: {
      0: 'Signed out', 1: 'Signed in', 3: 'Busy', 4: 'In a chat', 10: 'Three-party call', 13: 'Lent the call to a flow', 20: 'Listened to a colleague', 22: 'Played a voice file', 26: 'Rested', 27: 'Wrap-up',
      29: 'Signed a colleague out', 30: 'Made a colleague ready', 31: 'Made a colleague busy', 32: 'Muted', 34: 'Training', 38: 'On hold', 40: 'Consulted', 41: 'Internal call', 43: 'Intercepted a call', 44: 'Paused the playback',
      45: 'Transferred to a colleague', 46: 'Transferred outside', 53: 'Took a waiting call', 54: 'Blind transfer', 55: 'Transferred elsewhere', 56: 'State of one\'s own', 57: 'Switched between callers', 58: 'Conference', 60: 'Talked',
    },
    states: { idle: 'idle', preoccupied: 'about to be rung', occupied: 'being connected', ringing: 'ringing', dialling: 'dialling', talking: 'talking', wrapUp: 'in wrap-up', busy: 'busy', rest: 'resting', study: 'in training', signedOut: 'signed out' },
    unknown: 'Other',
  },
  zh: {
    reasons: {
      0: '正常', 1: '队列已满', 2: '排队超时', 3: '无座席值守', 4: '取消排队', 5: '座席无应答', 6: '恢复通话',
      7: '接续保持的通话', 8: '三方求助', 9: '取回保持', 10: '三方通话', 11: '求助方退出', 12: '被班长拦截', 13: '被同事代答',
      14: '号码禁止呼叫', 15: '客户挂机', 16: '座席挂机', 17: '转出', 18: '保持', 19: '内部错误', 20: '忙', 22: '用户关机',
      23: '不在服务区', 24: '空号', 25: '无可用线路或座席', 26: '无人接听', 27: '对方拒接', 28: '转到技能队列', 29: '三方通话转到队列',
      30: '转接超时', 31: '三方转队列超时', 34: '对端中心无法接入', 35: '返回原中心排队', 36: '重新路由', 37: '路由接入',
      38: '座席求助接入', 39: '路由完成', 40: '路由超时', 41: '求助取消', 42: '路由超时，走默认路由', 43: '按规则路由', 44: '按规则路由接入',
      45: '按规则求助接入', 46: '座席不可达', 47: '多队列等待', 48: '由其他队列接听', 50: '座席拒接', 51: '加入会议',
      52: '会议结束', 53: '被移出会议', 54: '接通率过低转出', 88: '接听后客户挂机', 89: '接听后客户挂机',
    },
    causes: {
      80: '客户取消排队', 256: '流程正常结束', 263: '流程接续失败', 338: '流程不存在或有误', 339: '流程资源不足', 340: '脚本有误',
      342: '会议名称有误', 346: '回呼无人接听', 350: '业务系统无响应', 354: '流程连接中断', 356: '流程外呼超时',
      357: '流程未能接通双方', 359: '达到最长时限', 360: '流程其他错误', 501: '由流程结束或路由前断开', 502: '超时未接听',
      503: '连接中断', 512: '队列已满', 513: '队列已满', 514: '流程无响应', 515: '转接无响应', 516: '路由超时', 517: '对方未振铃',
      518: '座席挂机', 521: '座席转出', 522: '流程转出', 525: '路由目标有误', 526: '路由失败', 530: '内部错误', 531: '客户挂机',
      535: '路由失败', 536: '客户取消排队', 537: '忙', 538: '空号', 540: '放音后结束', 548: '用户关机', 549: '不在服务区', 551: '其他原因',
      561: '队列已满', 562: '无座席值守', 564: '并发呼叫超限', 565: '当日呼叫量已用完', 566: '流程并发超限', 567: '号码禁止呼叫',
      601: '接听前主叫挂机', 602: '无可用线路或座席', 603: '无人接听', 604: '对方拒接', 605: '线路忙', 606: '呼叫超时', 714: '该号码无流程',
      732: '会议结束', 852: '座席拒接', 853: '座席无应答', 1077: '达到最长时限',
    },
    operations: {
      0: '签出', 1: '签入', 3: '示忙', 4: '文字会话', 10: '三方通话', 13: '挂起转流程', 20: '监听同事', 22: '放音', 26: '休息', 27: '整理',
      29: '强制签出同事', 30: '强制示闲同事', 31: '强制示忙同事', 32: '静音', 34: '学习', 38: '保持', 40: '内部求助', 41: '内部呼叫', 43: '拦截通话', 44: '暂停放音',
      45: '内部转接', 46: '转出', 53: '接入排队通话', 54: '释放转', 55: '转到其他设备', 56: '自定义状态', 57: '切换通话方', 58: '会议', 60: '通话',
    },
    states: { idle: '空闲', preoccupied: '预占用', occupied: '占用', ringing: '振铃', dialling: '拨号', talking: '通话', wrapUp: '整理', busy: '示忙', rest: '休息', study: '学习', signedOut: '未签入' },
    unknown: '其他',
  },
};
