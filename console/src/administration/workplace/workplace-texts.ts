import { catalogue } from '../../text/catalogue.ts';

export const workplaceTexts = catalogue({
  en: {
    title: 'Reasons and rights', about: 'What agents choose from when they go busy or rest, and what each role may do.', parts: 'Parts of this page',
    tabs: { rest: 'Rest reasons', busy: 'Busy reasons', roles: 'Roles and rights' },
    hint: {
      rest: 'Agents choose one of these when they rest. Reports show the code, from 1 to 255; 0 stands for no reason.',
      busy: 'Agents choose one of these when they go busy. Reports show the code, from 200 to 250; 0 stands for no reason.',
    },
    code: 'Code', name: 'Reason', add: 'Add a reason', remove: (name: string) => `Remove ${name}`, up: (name: string) => `Move ${name} up`, down: (name: string) => `Move ${name} down`,
    codeOf: (row: number) => `Code of reason ${row}`, nameOf: (row: number) => `Reason ${row}`, save: 'Save', undo: 'Undo', reasonsSaved: 'The reasons are saved', rightsSaved: 'The rights are saved',
    flaws: { codeForm: 'No code of this kind', codeTwice: 'This code is there twice', nameMissing: 'A reason needs a name', nameTwice: 'This reason is there twice' },
    noReasons: 'No reasons yet', noReasonsHint: 'Agents can go on without a reason. Add some to see in reports why they are away.',
    rolesHint: 'What is ticked is allowed to agents of the role. It counts at once, also for those who are signed in.', permission: 'Permission', may: (role: string, permission: string) => `${role}: ${permission}`,
    lookOnly: 'Only administrators change this.', roles: { 2: 'Agent', 3: 'Inspector', 4: 'Outbound agent' },
    chapters: { state: 'Own state', calls: 'Calls in the centre', outside: 'Calls to the outside', supervision: 'Supervision', quality: 'Quality', console: 'Reports and configuration' },
    bits: {
      1: 'Go busy and idle', 2: 'Mute and unmute oneself', 3: 'Hold calls and take them back', 4: 'Join a held call to the present one', 5: 'Call outside numbers', 6: 'Call colleagues',
      7: 'Transfer within the centre', 8: 'Take transferred calls', 9: 'Talk with two parties at once', 10: 'Transfer to outside numbers', 11: 'Hand a call back to a flow', 12: 'Leave a call unanswered',
      13: 'Listen to or join calls of others', 14: 'Take over calls of others', 15: 'Force others busy, idle or out', 16: 'Play recordings', 17: 'Watch agents', 18: 'Administer appraisals', 19: 'Appraise',
      20: 'See alarms', 21: 'Work on reports', 23: 'See the monitoring console', 24: 'Administer the configuration', 25: 'Administer reports', 26: 'Call long distance within the country', 27: 'Call abroad',
      28: 'Call out under an access code of the centre', 29: 'Inspect screens', 30: 'Pick up calls that ring at colleagues of the group', 32: 'Configure agents', 33: 'Configure queues',
      34: 'May not choose the number that is shown', 35: 'Audit the configuration',
    },
  },
  zh: {
    title: '原因与权限', about: '座席示忙或休息时可选的原因，以及各角色的权限。', parts: '页面内容',
    tabs: { rest: '休息原因', busy: '示忙原因', roles: '角色与权限' },
    hint: { rest: '座席休息时从中选择。报表显示原因码，范围 1 到 255；0 表示无原因。', busy: '座席示忙时从中选择。报表显示原因码，范围 200 到 250；0 表示无原因。' },
    code: '原因码', name: '原因', add: '添加原因', remove: (name: string) => `移除 ${name}`, up: (name: string) => `上移 ${name}`, down: (name: string) => `下移 ${name}`,
    codeOf: (row: number) => `第 ${row} 个原因码`, nameOf: (row: number) => `第 ${row} 个原因`, save: '保存', undo: '撤销', reasonsSaved: '原因已保存', rightsSaved: '权限已保存',
    flaws: { codeForm: '原因码超出范围', codeTwice: '原因码重复', nameMissing: '请输入原因', nameTwice: '原因重复' },
    noReasons: '还没有原因', noReasonsHint: '座席无需选择原因也可操作。添加原因后，报表中可看到离席的缘由。',
    rolesHint: '勾选即表示该角色的座席拥有此权限，立即生效，已签入的座席同样适用。', permission: '权限', may: (role: string, permission: string) => `${role}：${permission}`,
    lookOnly: '仅管理员可以修改。', roles: { 2: '座席', 3: '质检员', 4: '外呼座席' },
    chapters: { state: '自身状态', calls: '中心内通话', outside: '对外呼叫', supervision: '现场管理', quality: '质检', console: '报表与配置' },
    bits: {
      1: '示忙与示闲', 2: '静音与取消静音', 3: '呼叫保持与取消保持', 4: '连接保持', 5: '外呼', 6: '内部呼叫',
      7: '内部转接', 8: '接听转入的呼叫', 9: '三方通话', 10: '转接到外线', 11: '人工转自动流程', 12: '不应答来电',
      13: '监听或插入他人通话', 14: '拦截他人通话', 15: '强制他人示忙、示闲或签出', 16: '播放录音', 17: '监视座席', 18: '考评管理', 19: '考评',
      20: '查看告警', 21: '处理报表', 23: '查看监控台', 24: '管理配置', 25: '管理报表', 26: '国内长途呼叫', 27: '国际长途呼叫',
      28: '以本中心接入码外呼', 29: '屏幕质检', 30: '代答同组座席的来电', 32: '配置座席', 33: '配置技能队列',
      34: '不允许指定外呼主叫号码', 35: '配置审计',
    },
  },
});
