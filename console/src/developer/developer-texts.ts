import { catalogue } from '../text/catalogue.ts';

export const requestTexts = catalogue({
  en: {
    title: 'Try a request', about: 'See how a program of yours calls the APIs with one of your keys. The secret stays on the server, which signs the request for you; that it did so stands in the audit log.',
    noKeys: 'No key to try with', noKeysHint: 'Make a C1 key for configuration, or a C2 key for monitoring and records. It has to be switched on.', toKeys: 'To the keys',
    key: 'Key', keyOf: (scheme: string, keyId: string, label: string) => `${scheme} · ${keyId}${label === '' ? '' : ` · ${label}`}`, operation: 'Request', own: 'Another one, which I write myself',
    method: 'Method', path: 'Path', pathForm: 'A path such as /rest/cmsapp/v1/ping, which starts with /rest/, /apiaccess/ or /CCFS/ and has no query', query: 'Query', queryForm: 'As it stands in a URL, such as a=1&b=%20',
    body: 'Body', noJson: 'This is no JSON. It can be sent all the same.', make: 'Make the request', send: 'Send it',
    samples: {
      querySkills: 'List the queues', agentAccountQuery: 'List the agents', queryAccessCodeList: 'List the numbers', queryIVRFlowList: 'List the flows', cmsPing: 'Ping, with a body', cmsPingGet: 'Ping, without a body',
      cmsTotalAgentState: 'States of all agents now', cmsSkillStateInfo: 'Queues now', cmsQueryCallsV1: 'Calls of the last hour',
    },
    request: 'The request', reply: 'The reply', nothing: 'Choose a key and a request, then make it: it is shown here as a program sends it.', languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' }, language: 'Language',
    good: (until: string) => `Good until ${until}.`,
    how: {
      C1: 'A program gets such a token at /apigovernance/api/oauth/tokenByAkSk by the name and secret of the key (4.2), and sends it until it ends.',
      C2: 'The signature covers method, path, query, host, time and every character of the body (4.3): a program computes it anew for each request.',
    },
    status: (status: number, ms: number) => `HTTP ${status}, after ${ms} ms`, unreached: 'The request did not get through',
  },
  zh: {
    title: '请求示例', about: '查看您的程序如何用密钥调用 API。密钥内容保留在服务器上，由服务器代为签名，并记入操作日志。',
    noKeys: '没有可用的密钥', noKeysHint: '请新建用于配置接口的 C1 密钥，或用于监控与记录接口的 C2 密钥，并保持启用。', toKeys: '前往密钥',
    key: '密钥', keyOf: (scheme: string, keyId: string, label: string) => `${scheme} · ${keyId}${label === '' ? '' : ` · ${label}`}`, operation: '请求', own: '自行填写其他请求',
    method: '方法', path: '路径', pathForm: '例如 /rest/cmsapp/v1/ping，以 /rest/、/apiaccess/ 或 /CCFS/ 开头，不含查询参数', query: '查询参数', queryForm: '按 URL 中的形式填写，例如 a=1&b=%20',
    body: '请求体', noJson: '不是 JSON，但仍可发送。', make: '生成请求', send: '发送',
    samples: {
      querySkills: '查询技能队列', agentAccountQuery: '查询座席', queryAccessCodeList: '查询接入码', queryIVRFlowList: '查询流程', cmsPing: '连通性测试（带请求体）', cmsPingGet: '连通性测试（无请求体）',
      cmsTotalAgentState: '所有座席的当前状态', cmsSkillStateInfo: '技能队列当前情况', cmsQueryCallsV1: '最近一小时的通话',
    },
    request: '请求', reply: '响应', nothing: '选择密钥和请求并生成后，此处显示程序应发送的内容。', languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' }, language: '语言',
    good: (until: string) => `有效期至 ${until}。`,
    how: {
      C1: '程序凭密钥名称和内容在 /apigovernance/api/oauth/tokenByAkSk 获取此类令牌（4.2），在有效期内重复使用。',
      C2: '签名涵盖方法、路径、查询参数、主机、时间以及请求体的每个字符（4.3）：程序须为每个请求重新计算。',
    },
    status: (status: number, ms: number) => `HTTP ${status}，耗时 ${ms} 毫秒`, unreached: '请求未能送达',
  },
});

export const eventTexts = catalogue({
  en: {
    title: 'Event log', about: 'What your agent session is told, as it is told since this page was opened: the events of 6.5.1, the latest 500 of them.', filter: 'Filter', filterHint: 'Type or content', pause: 'Pause', goOn: 'Go on',
    missed: (count: number) => `${count} more meanwhile`, copy: 'all that is shown', clear: 'Clear', at: 'When', type: 'Event', content: 'Content', waiting: 'No events yet', waitingHint: 'Go busy and ready again, or call somebody: every event appears here at once.',
    none: 'No event fits the filter', noneHint: 'Take the filter away to see all of them.', closed: 'Your desk is closed', closedHint: 'Events come while you are signed in as an agent. Open your desk, then come back: it stays open.',
    elsewhere: 'Your desk is open in another page', elsewhereHint: 'Events come to the page that has the desk. Look at the event log there, or take the desk over to this one.', toDesk: 'To my desk',
  },
  zh: {
    title: '事件日志', about: '打开控制台后座席会话收到的事件（6.5.1），实时显示最近 500 条。', filter: '筛选', filterHint: '事件名或内容', pause: '暂停', goOn: '继续',
    missed: (count: number) => `期间新增 ${count} 条`, copy: '当前显示的全部事件', clear: '清空', at: '时间', type: '事件', content: '内容', waiting: '还没有事件', waitingHint: '请示忙后再示闲，或发起呼叫：每个事件都会立即显示在此。',
    none: '没有符合条件的事件', noneHint: '清除筛选即可查看全部。', closed: '座席未签入', closedHint: '签入后才会收到事件。请先打开座席，再返回此页，座席会保持签入。',
    elsewhere: '座席已在另一页面打开', elsewhereHint: '事件会发送到打开座席的页面。请在该页面查看事件日志，或将座席接管到本页。', toDesk: '前往我的座席',
  },
});

export const apiTexts = catalogue({
  en: {
    title: 'API reference', about: 'All that the console does, programs can do as well.', reference: 'Open the reference', document: 'OpenAPI document',
    where: 'Both open on the machine that Parley runs on; from elsewhere they need the token that the operator has set as PARLEY_OPERATIONS_TOKEN.',
    concepts: 'In five lines', lines: {
      tenant: 'A tenant (VDN) is a contact centre of its own: queues, agents, numbers and keys belong to one and are seen by no other.',
      c1: 'Configuration, under /apiaccess/, takes a token that a C1 key gets.', c2: 'Monitoring, records and recordings, under /rest/ and /CCFS/, take a signature by a C2 key with each request.',
      agent: 'An agent\'s desk, under /agentgateway/, is a session: who signs in gets a GUID, sends it with each request, and polls for events.',
      refusals: 'Some families refuse with HTTP 200 and a code in the body: look at the code first.',
    },
    more: 'Go on', requests: 'See a request made with a key of yours', events: 'See the events of your own agent session',
    catalogue: 'Every event by name, with what it carries, is listed under 6.5.1 of the reference and, as types, in contract/gateway/events.ts of the source.',
  },
  zh: {
    title: 'API 参考', about: '控制台能做的一切，程序也都能做到。', reference: '打开 API 参考', document: 'OpenAPI 文档',
    where: '两者仅在运行 Parley 的机器上直接打开；从其他位置访问需使用系统管理员设置的 PARLEY_OPERATIONS_TOKEN。',
    concepts: '五句话概览', lines: {
      tenant: '租户（VDN）即独立的联络中心：队列、座席、号码和密钥各归其主，彼此不可见。',
      c1: '配置接口（/apiaccess/）使用由 C1 密钥换取的令牌。', c2: '监控、记录与录音接口（/rest/ 和 /CCFS/）的每个请求都用 C2 密钥签名。',
      agent: '座席接口（/agentgateway/）是会话：签入后获得 GUID，随每个请求携带，并轮询事件。',
      refusals: '部分接口拒绝时仍返回 HTTP 200，原因码在响应体中：请先检查原因码。',
    },
    more: '下一步', requests: '查看用您的密钥生成的请求', events: '查看您自己的座席会话事件',
    catalogue: '各事件的名称和内容见参考的 6.5.1，类型定义见源码 contract/gateway/events.ts。',
  },
});
