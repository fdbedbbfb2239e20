import { catalogue } from '../../text/catalogue.ts';

export const agentTexts = catalogue({
  en: {
    title: 'Agents', about: 'Who takes the calls and chats of customers.', create: 'New agent', empty: 'No agents yet',
    emptyHint: 'An agent has an account, a work number and a telephone in the browser. Make the first one and give it a queue.',
    workNo: 'Work number', type: 'Type', types: { 99: 'Versatile', 4: 'Audio', 11: 'Video', 5: 'Multimedia' }, typeHints: { 99: 'All queues', 4: 'Voice queues', 11: 'Voice and video queues', 5: 'Chat queues' },
    role: 'Role', roles: { 2: 'Agent', 3: 'Inspector', 4: 'Outbound agent' }, roleHints: { 2: 'Takes and makes calls.', 3: 'Also listens to, joins and takes over calls of others.', 4: 'Makes calls to customers.' }, roleHint: 'What a role may do is set under Reasons and rights.', queues: 'Queues', noQueues: 'None', search: 'Search by name, account or number',
    sipAccount: 'Telephone', anonymous: 'Stays anonymous to customers', queue: 'Queue', agentWeight: 'Agent\'s priority', agentWeightHint: 'of two free agents of the queue, 5 is called before 1.',
    skillWeight: 'Queue\'s priority', skillWeightHint: 'of two queues with calls waiting, the agent gets those of 5 before those of 1.', addQueue: 'Add a queue', removeQueue: (name: string) => `Take away ${name}`,
    queueChosen: 'This queue is there twice', unsuited: 'This queue does not suit the type of the agent', allQueuesChosen: 'Agents of this type are in every queue that suits them.', noQueuesHint: 'Without a queue no customer reaches the agent.',
    created: (workNo: number) => `Work number ${workNo}`, removeQuestion: (name: string) => `Delete the agent ${name}?`,
    removeMeans: 'In whatever state: the agent is signed out, its calls are dropped, the account goes. What is recorded of calls stays.',
    phone: (number: string) => `telephone ${number}`, phonePassword: 'Reset the password of the telephone',
    phonePasswordMeans: 'The telephone is signed off and has to register with the new password from now on. Calls go on. A telephone in the browser needs none; it comes back by itself within two minutes.', phonePasswordForm: '8 to 16 letters, digits and ~ @ ^ * _ { + } ?, of three of these kinds at least',
    explain: 'Why no calls?', explainTitle: (name: string) => `Do calls come to ${name}?`,
    unlock: 'Unlock',
  },
  zh: {
    title: '座席', about: '为客户接听来电和处理文字会话的人员。', create: '新建座席', empty: '还没有座席',
    emptyHint: '每个座席有账号、工号和浏览器电话。请新建第一个座席并为其分配队列。',
    workNo: '工号', type: '类型', types: { 99: '全能', 4: '音频', 11: '视频', 5: '多媒体' }, typeHints: { 99: '全部队列', 4: '语音队列', 11: '语音和视频队列', 5: '文字队列' },
    role: '角色', roles: { 2: '座席', 3: '质检员', 4: '外呼座席' }, roleHints: { 2: '接听和拨打电话。', 3: '还可监听、插入和拦截他人的通话。', 4: '向客户外呼。' }, roleHint: '角色权限在“原因与权限”中设置。', queues: '技能队列', noQueues: '无', search: '按姓名、账号或号码搜索',
    sipAccount: '话机号码', anonymous: '对客户匿名', queue: '队列', agentWeight: '座席优先级', agentWeightHint: '队列中两位座席空闲时，5 先于 1 接听。',
    skillWeight: '队列优先级', skillWeightHint: '两个队列都有来电等待时，座席先接 5 的来电，再接 1 的。', addQueue: '添加队列', removeQueue: (name: string) => `移除 ${name}`,
    queueChosen: '该队列重复', unsuited: '该队列与座席类型不匹配', allQueuesChosen: '已加入所有匹配的队列。', noQueuesHint: '没有队列时，客户无法呼入该座席。',
    created: (workNo: number) => `工号 ${workNo}`, removeQuestion: (name: string) => `删除座席 ${name}？`,
    removeMeans: '无论处于何种状态：座席将被签出，通话被挂断，账号被删除。通话记录仍会保留。',
    phone: (number: string) => `话机 ${number}`, phonePassword: '重置话机密码',
    phonePasswordMeans: '话机将被注销，今后须用新密码注册，正在进行的通话不受影响。浏览器电话无需密码，两分钟内自动恢复。', phonePasswordForm: '8 至 16 位字母、数字和 ~ @ ^ * _ { + } ?，至少包含其中三类',
    explain: '为何没有来电？', explainTitle: (name: string) => `${name} 能接到来电吗？`,
    unlock: '解锁',
  },
});
