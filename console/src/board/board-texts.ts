import { catalogue } from '../text/catalogue.ts';

export const boardTexts = catalogue({
  en: {
    title: 'Live board', loading: 'Reading how things are', live: 'Live', away: (time: string) => `Not up to date since ${time}`,
    awayHint: 'Parley does not answer. What you see is how it was then; the board comes back by itself.',
    wall: 'Wallboard', leaveWall: 'Leave the wallboard', wallTitle: 'Wallboard',
    waiting: 'Waiting', longest: 'Longest wait', level: 'Service level today', levelFormula: (inTime: string, requests: string) => `${inTime} of ${requests} answered within 20 s`,
    levelNone: 'No calls yet today', talking: 'Talking', ready: 'Ready', signedIn: 'Signed in', nobodyWaits: 'Nobody waits',
    queues: 'Queues', queue: 'Queue', levelShort: 'In 20 s', ringing: 'Ringing', wrapUp: 'Wrap-up', busy: 'Busy', rest: 'Rest',
    noQueues: 'No queues yet', noQueuesHint: 'Customers wait in queues. Make one, give it agents and let a number lead to it.', toQueues: 'To the queues',
    inQueue: (name: string) => `Agents of ${name}`, nobodyInQueue: 'Nobody is signed in to this queue.',
    agents: 'Agents', agent: 'Agent', state: 'State', since: 'For', reason: 'Reason', call: 'Call', next: 'Next',
    nobody: 'Nobody is signed in', nobodyHint: 'Agents appear here as soon as they sign in at their desk or by their own program.', toAgents: 'To the agents',
    noneFits: 'Nobody fits what you look for', noneFitsHint: 'Of those who are signed in, none does.', showAll: 'Show everybody',
    phases: { ready: 'Ready', ringing: 'Ringing', talking: 'Talking', wrapUp: 'Wrap-up', busy: 'Busy', rest: 'Rest', inspecting: 'Listening in' },
    states: {
      signedOut: 'Signed out', idle: 'Ready', preoccupied: 'Being called', occupied: 'Being called', ringing: 'Ringing', dialling: 'Dialling', talking: 'Talking', wrapUp: 'Wrap-up', busy: 'Busy', rest: 'Rest',
      study: 'Training', held: 'On hold', muted: 'Muted', helping: 'Consulting', transferring: 'Transferring', threeParty: 'Three-party', called: 'Being called', listening: 'Listening',
      inserting: 'Barged in', whispering: 'Whispering', playing: 'Hearing a recording',
    },
    takesNone: 'takes no calls', heldCalls: (amount: number) => `${amount} on hold`, chats: (amount: number) => (amount === 1 ? '1 chat' : `${amount} chats`),
    directions: { in: 'In', out: 'Out', internal: 'Internal' }, openCall: (callId: string) => `Open the call ${callId}`,
    thenBusy: 'Busy', thenRest: 'Rest', readyAt: (time: string) => `Over at ${time}`,
    find: 'Find by name or number', byState: 'State', byQueue: 'Queue', allStates: 'All states', allQueues: 'All queues', grouping: 'Group by', groupings: { none: 'No groups', state: 'State', queue: 'Queue' }, noQueue: 'In no queue',
    group: (name: string, amount: number) => `${name} (${amount})`,
  },
  zh: {
    title: '实时看板', loading: '正在读取实时数据', live: '实时', away: (time: string) => `自 ${time} 起未更新`,
    awayHint: 'Parley 没有响应。当前显示的是断开前的数据，恢复后会自动更新。',
    wall: '大屏', leaveWall: '退出大屏', wallTitle: '大屏看板',
    waiting: '排队', longest: '最长等待', level: '今日服务水平', levelFormula: (inTime: string, requests: string) => `${requests} 通中 ${inTime} 通在 20 秒内接听`,
    levelNone: '今日暂无通话', talking: '通话中', ready: '空闲', signedIn: '已签入', nobodyWaits: '无人排队',
    queues: '技能队列', queue: '队列', levelShort: '20 秒接听率', ringing: '振铃', wrapUp: '整理', busy: '示忙', rest: '休息',
    noQueues: '还没有队列', noQueuesHint: '客户在队列中等待。请新建队列、分配座席，并让号码接入该队列。', toQueues: '前往技能队列',
    inQueue: (name: string) => `${name} 的座席`, nobodyInQueue: '该队列当前没有座席签入。',
    agents: '座席', agent: '座席', state: '状态', since: '时长', reason: '原因', call: '通话', next: '之后',
    nobody: '当前没有座席签入', nobodyHint: '座席在工作台或自己的程序中签入后，会立即显示在这里。', toAgents: '前往座席管理',
    noneFits: '没有符合条件的座席', noneFitsHint: '已签入的座席中没有符合筛选条件的。', showAll: '显示全部',
    phases: { ready: '空闲', ringing: '振铃', talking: '通话中', wrapUp: '整理', busy: '示忙', rest: '休息', inspecting: '质检中' },
    states: {
      signedOut: '已签出', idle: '空闲', preoccupied: '呼叫中', occupied: '呼叫中', ringing: '振铃', dialling: '外呼中', talking: '通话中', wrapUp: '整理', busy: '示忙', rest: '休息',
      study: '学习', held: '保持', muted: '静音', helping: '求助', transferring: '转接中', threeParty: '三方通话', called: '呼叫中', listening: '监听',
      inserting: '插入', whispering: '耳语', playing: '听录音',
    },
    takesNone: '不接来电', heldCalls: (amount: number) => `保持 ${amount} 通`, chats: (amount: number) => `会话 ${amount} 个`,
    directions: { in: '呼入', out: '呼出', internal: '内部' }, openCall: (callId: string) => `打开通话 ${callId}`,
    thenBusy: '示忙', thenRest: '休息', readyAt: (time: string) => `${time} 结束`,
    find: '按姓名或工号查找', byState: '状态', byQueue: '队列', allStates: '全部状态', allQueues: '全部队列', grouping: '分组', groupings: { none: '不分组', state: '按状态', queue: '按队列' }, noQueue: '不属于任何队列',
    group: (name: string, amount: number) => `${name}（${amount}）`,
  },
});

export type BoardTexts = (typeof boardTexts)['en'];
