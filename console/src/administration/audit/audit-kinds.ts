/* The nouns of the audit trail in words. They are plain, so that a test can hold them against those that the server records. */

export const auditKinds = {
  en: {
    'access-code': 'Number', account: 'Account', agent: 'Agent', 'agent-role': 'Rights of a role', 'app-setting': 'Setting of an app', ban: 'Banned address', 'call-outcome': 'Outcome of a call',
    'callback-address': 'Call-back address', 'called-route': 'Route of a number', customer: 'Customer of orders', erasure: 'Erasure of a person', evaluation: 'Rating of a session', export: 'Export',
    'imc-secret': 'Secret of the chatbot', 'ivr-flow': 'Call flow', key: 'Key', oma: 'Settings of orders', 'oma-token': 'Token of orders', order: 'Order', outcome: 'Call outcome', queue: 'Queue', reasons: 'Reasons',
    'sample-request': 'Request tried with a key', 'shared-key': 'Shared key', survey: 'Survey', tenant: 'Tenant', 'third-party-file': 'File of a third party', tollLimits: 'Limits of calls out', trial: 'Trial',
    'trial-access-code': 'Number for trials', trunk: 'Trunk', 'trusted-url': 'Trusted address', 'user-group': 'Group', 'voice-file': 'Voice file', 'voice-template': 'Voice template', 'widget-key': 'Call button',
  },
  zh: {
    'access-code': '号码', account: '账号', agent: '座席', 'agent-role': '角色权限', 'app-setting': '应用设置', ban: '封禁地址', 'call-outcome': '通话的业务结果',
    'callback-address': '回调地址', 'called-route': '号码路由', customer: '订购客户', erasure: '个人数据删除', evaluation: '会话评价', export: '导出',
    'imc-secret': '机器人密钥', 'ivr-flow': '呼叫流程', key: '密钥', oma: '订购设置', 'oma-token': '订购令牌', order: '订单', outcome: '业务结果', queue: '技能队列', reasons: '原因',
    'sample-request': '用密钥试发的请求', 'shared-key': '共享密钥', survey: '满意度调查', tenant: '租户', 'third-party-file': '第三方文件', tollLimits: '外呼限制', trial: '试用',
    'trial-access-code': '试用号码', trunk: '中继', 'trusted-url': '信任地址', 'user-group': '班组', 'voice-file': '语音文件', 'voice-template': '语音模板', 'widget-key': '网页呼叫按钮',
  },
} as const;
