import { catalogue } from '../../text/catalogue.ts';

export const numberTexts = catalogue({
  en: {
    title: 'Numbers and routes', about: 'What customers dial, and where it leads.', create: 'New number', empty: 'No numbers yet', emptyHint: 'Customers dial a number, and its route leads them to a queue or a flow. Make the first one.',
    number: 'Number', numberForm: 'Digits, *, # and + only', numberHint: 'As it is dialled; it cannot be changed later.', description: 'What it is for', serviceNumber: 'Public number',
    serviceNumberHint: 'Where the network maps another number to this one, such as a 400 number.', serviceNumberForm: 'Digits, blanks and * # + ( ) - only', extension: 'If more digits follow', extensionForm: 'Digits only', anyCall: 'all other calls', everyCall: 'all calls',
    leadsTo: 'Leads to', nowhere: 'Nowhere yet', outbound: 'Calls out only', kinds: { queue: 'Queue', flow: 'Flow' }, queue: (name: string) => `Queue ${name}`, flow: (name: string) => `Flow ${name}`,
    media: 'What comes this way', mediaNames: { 5: 'Voice and video calls', 53: 'Chats', 2: 'Calls by click' }, direction: 'Calls', directions: { 1: 'Come in', 2: 'Go out', 3: 'Come in and go out' },
    routes: 'Where it leads', routesHint: 'Whoever dials on behind the number can be led elsewhere: with 2 here, a call to 10002 takes this route of the number 1000. A route without such digits takes all other calls.', addRoute: 'Add a route', removeRoute: 'Take this route away', targetMissing: 'Choose where it leads', noTargets: 'There is no queue or flow of this kind yet. Make one first.',
    extensionTaken: 'These digits lead somewhere already', protected: 'Protected', saved: (number: string) => `The number ${number} is saved`, remove: 'Delete', removeQuestion: (number: string) => `Delete the number ${number}?`,
    removeMeans: 'Its routes go with it. Calls to it find nobody any more.',
    check: 'Where does this number lead?', dialled: 'Number as a customer dials it', checkNow: 'Check', result: {
      queue: (name: string) => `queue ${name}`, flow: (name: string) => `flow ${name}`, route: (dialled: string, target: string) => `A call to ${dialled} goes to the ${target}.`, noRoute: (dialled: string) => `A call to ${dialled} comes to you and finds no route.`, noRouteHint: 'Give the number a route without digits behind it, which takes all calls.',
      noCode: (dialled: string) => `Nobody has the number ${dialled}.`, noCodeHint: 'Make a number with which it begins.', otherTenant: (dialled: string) => `A call to ${dialled} goes to another tenant.`, otherTenantHint: 'Its number begins the one dialled and is longer than any of yours.',
      by: (code: string, extension: string) => (extension === '' ? `By the route of ${code}.` : `By the route of ${code} with ${extension} behind it.`), ignored: (digits: string) => `The digits ${digits} at the end are passed over.`,
    },
    considered: 'Routes that were looked at', taken: 'Taken', matches: 'Fits, but a longer one does too', misses: 'Does not fit',
  },
  zh: {
    title: '号码与路由', about: '客户拨打的号码及其去向。', create: '新建号码', empty: '还没有号码', emptyHint: '客户拨打号码后，由路由转到队列或流程。请新建第一个号码。',
    number: '号码', numberForm: '只能包含数字、*、# 和 +', numberHint: '客户实际拨打的接入码，创建后不可修改。', description: '用途', serviceNumber: '公开号码',
    serviceNumberHint: '由运营商映射到此接入码的号码，例如 400 号码。', serviceNumberForm: '只能包含数字、空格和 * # + ( ) -', extension: '后续号码', extensionForm: '只能输入数字', anyCall: '其他所有来电', everyCall: '所有来电',
    leadsTo: '去向', nowhere: '尚无去向', outbound: '仅呼出', kinds: { queue: '队列', flow: '流程' }, queue: (name: string) => `队列 ${name}`, flow: (name: string) => `流程 ${name}`,
    media: '媒体类型', mediaNames: { 5: '语音和视频通话', 53: '文字会话', 2: '点击呼叫' }, direction: '呼叫方向', directions: { 1: '呼入', 2: '呼出', 3: '呼入和呼出' },
    routes: '去向', routesHint: '号码后还有数字时可转到别处：例如号码 1000 的后续号码为 2，则拨打 10002 走此路由。没有后续号码的路由接收其余来电。', addRoute: '添加路由', removeRoute: '移除此路由', targetMissing: '请选择去向', noTargets: '还没有此类队列或流程，请先新建。',
    extensionTaken: '该扩展码已有去向', protected: '受保护', saved: (number: string) => `号码 ${number} 已保存`, remove: '删除', removeQuestion: (number: string) => `删除号码 ${number}？`,
    removeMeans: '其路由将一并删除，来电将无法接通。',
    check: '这个号码通向哪里？', dialled: '客户拨打的号码', checkNow: '查询', result: {
      queue: (name: string) => `队列 ${name}`, flow: (name: string) => `流程 ${name}`, route: (dialled: string, target: string) => `拨打 ${dialled} 将转到${target}。`, noRoute: (dialled: string) => `拨打 ${dialled} 会到达本租户，但没有匹配的路由。`, noRouteHint: '请为该号码添加一条不带扩展码的路由，以接收所有来电。',
      noCode: (dialled: string) => `没有租户拥有号码 ${dialled}。`, noCodeHint: '请新建一个作为其开头的号码。', otherTenant: (dialled: string) => `拨打 ${dialled} 会转到其他租户。`, otherTenantHint: '其他租户的号码与所拨号码的开头匹配得更长。',
      by: (code: string, extension: string) => (extension === '' ? `按 ${code} 的路由。` : `按 ${code} 加扩展码 ${extension} 的路由。`), ignored: (digits: string) => `末尾的 ${digits} 被忽略。`,
    },
    considered: '已比较的路由', taken: '采用', matches: '匹配，但有更长的匹配', misses: '不匹配',
  },
});
