import { catalogue } from '../../text/catalogue.ts';

export const keyTexts = catalogue({
  en: {
    title: 'Keys', about: 'With these keys, programs of yours call the APIs of this tenant. A secret is told once, when it is made.',
    installationTitle: 'Keys of the installation', installationAbout: 'Keys that are valid for every tenant. Give them to programs of your own alone.',
    create: 'New key', empty: 'No keys yet', emptyHint: 'A program needs a key to call an API. Make one, and give its name and secret to the program.',
    scheme: 'Kind', keyId: 'Name', label: 'What it is for', createdAt: 'Made', enabled: 'In use', on: 'Yes', off: 'No',
    schemes: { C1: 'C1: app key, for configuration', C2: 'C2: access key, for monitoring and records', C3: 'C3: password of the chatbot interface', SIA: 'SIA: service of the knowledge base' },
    schemeHint: {
      C1: 'The program gets a token by name and secret, and sends the token with each request.', C2: 'The program signs each request with the secret.',
      C3: 'There is one in a tenant, and it is called as the tenant is.', SIA: 'The program gets a token by name and secret.',
    },
    installationHint: { C2: 'Signs requests for whichever tenant they name.', C3: 'A machine account, whose name both sides have agreed on.', SIA: 'A service that asks for every tenant.' },
    keyIdHint: 'Leave it empty for a random one', keyIdForm: 'Letters, digits and . _ @ - only', keyIdNeeded: 'A key of this kind needs a name',
    secret: 'Secret', secretHint: 'Leave it empty for a random one, which is the safest',
    switchedOn: (name: string) => `The key ${name} is in use again`, switchedOff: (name: string) => `The key ${name} is switched off`, use: (name: string) => `Use the key ${name}`,
    replace: 'New secret', replaceQuestion: (name: string) => `Replace the secret of ${name}?`, replaceMeans: 'Programs that still have the present secret are refused at once, and tokens that the key was given end.',
    remove: 'Delete', removeQuestion: (name: string) => `Delete the key ${name}?`, removeMeans: 'Programs that use it are refused at once. This cannot be taken back.',
    once: 'Copy the secret now', secretOf: (name: string) => `Secret of ${name}`,
  },
  zh: {
    title: '密钥', about: '您的程序凭这些密钥调用本租户的 API。密钥内容仅在生成时显示一次。',
    installationTitle: '系统密钥', installationAbout: '对所有租户有效的密钥，仅供自有程序使用。',
    create: '新建密钥', empty: '还没有密钥', emptyHint: '程序需要密钥才能调用 API。请新建密钥，并将名称和密钥内容配置到程序中。',
    scheme: '类型', keyId: '名称', label: '用途', createdAt: '创建时间', enabled: '启用', on: '是', off: '否',
    schemes: { C1: 'C1：应用密钥，用于配置接口', C2: 'C2：访问密钥，用于监控与记录接口', C3: 'C3：智能机器人接口密码', SIA: 'SIA：知识库服务' },
    schemeHint: { C1: '程序用名称和密钥换取令牌，并在每次请求中携带令牌。', C2: '程序用密钥对每个请求签名。', C3: '每个租户仅一个，名称与租户标识相同。', SIA: '程序用名称和密钥换取令牌。' },
    installationHint: { C2: '可为任意租户的请求签名。', C3: '机机账号，名称由双方约定。', SIA: '可代表任意租户的服务。' },
    keyIdHint: '留空则随机生成', keyIdForm: '仅限字母、数字和 . _ @ -', keyIdNeeded: '此类密钥必须填写名称',
    secret: '密钥内容', secretHint: '留空则随机生成（推荐）',
    switchedOn: (name: string) => `密钥 ${name} 已启用`, switchedOff: (name: string) => `密钥 ${name} 已停用`, use: (name: string) => `启用密钥 ${name}`,
    replace: '更换密钥', replaceQuestion: (name: string) => `更换 ${name} 的密钥内容？`, replaceMeans: '仍使用原密钥的程序将立即被拒绝，已签发的令牌同时失效。',
    remove: '删除', removeQuestion: (name: string) => `删除密钥 ${name}？`, removeMeans: '使用它的程序将立即被拒绝，且无法恢复。',
    once: '请立即复制密钥', secretOf: (name: string) => `${name} 的密钥`,
  },
});
