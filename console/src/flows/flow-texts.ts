import { catalogue } from '../text/catalogue.ts';

export const flowTexts = catalogue({
  en: {
    title: 'Call flows', about: 'What callers hear and do before somebody answers, or instead.', create: 'New flow', empty: 'No flows yet',
    emptyHint: 'A flow greets callers, lets them choose, and leads them to a queue. Begin with one that is nearly done.',
    name: 'What it is for', accessCode: 'Code of the flow', accessCodeHint: 'The flow\'s own name for other systems. It is no number to dial: under Numbers and routes, a number is led to the flow.', accessCodeMissing: 'Digits, 24 at most',
    numbers: 'Numbers that lead here', noNumber: 'No number leads here yet', id: 'Id', version: 'Version', state: 'State', inService: 'In service',
    outOfService: 'Out of service', maxCalls: 'Calls at a time', noLimit: 'no limit', maxCallsHint: '0 for no limit', loaded: 'In service: calls may enter it', settings: 'Settings', problems: 'Problems',
    noDefinition: 'Nothing in it: callers are turned away', fine: 'None', someProblems: (count: number) => (count === 1 ? '1 problem' : `${count} problems`), unknown: 'Could not be checked',
    nameless: (code: string) => `Flow ${code}`, saved: (name: string) => `The flow ${name} is saved`, created: (name: string) => `The flow ${name} is made. Next: let a number lead to it, under Numbers and routes.`, remove: 'Delete', removeQuestion: (name: string) => `Delete the flow ${name}?`,
    removeMeans: 'All its versions go with it. A flow to which a number, a queue, another flow or the survey leads cannot be deleted.',
    startWith: 'Begin with',
    points: { menu: 'A greeting and a menu to two queues', hours: 'Opening hours', survey: 'A survey', empty: 'Nothing' },
    pointHints: {
      menu: 'Callers are greeted, press 1 or 2, and wait in the first or second of your queues.', hours: 'At night, at weekends and on holidays callers hear that you are closed.',
      survey: 'After a talk, callers rate it from 1 to 5; the score goes along with the call.', empty: 'An empty sheet.',
    },
    noQueues: 'There is no queue yet: the flow says so until you choose one.',
    prompts: {
      language: 'en_US', welcome: 'Welcome. Thank you for calling.', choose: 'For sales, press 1. For service, press 2.', again: 'Sorry, that is not one of the choices.',
      closed: 'We are closed at the moment. Our hours are Monday to Friday, nine to five. Goodbye.', askScore: 'How satisfied were you with our service? Press a key from 1, not at all, to 5, very much.',
      thanks: 'Thank you for your answer. Goodbye.',
    },
  },
  zh: {
    title: '呼叫流程', about: '座席接听之前（或代替接听）客户听到的内容和操作。', create: '新建流程', empty: '还没有流程',
    emptyHint: '流程向客户播放欢迎语，让其选择并转入技能队列。可以从现成的模板开始。',
    name: '用途', accessCode: '流程代码', accessCodeHint: '供其他系统识别此流程，并非可拨打的号码：请在“号码与路由”中将号码指向此流程。', accessCodeMissing: '请输入数字，最多 24 位',
    numbers: '接入号码', noNumber: '还没有号码接入', id: '编号', version: '版本', state: '状态', inService: '启用', outOfService: '停用', maxCalls: '最大并发', noLimit: '不限',
    maxCallsHint: '0 表示不限', loaded: '启用：允许呼叫进入', settings: '设置', problems: '问题', noDefinition: '内容为空：来电将被拒绝', fine: '无',
    someProblems: (count: number) => `${count} 个问题`, unknown: '无法检查', nameless: (code: string) => `流程 ${code}`, saved: (name: string) => `流程 ${name} 已保存`, created: (name: string) => `流程 ${name} 已创建。下一步：在“号码与路由”中将号码指向它。`, remove: '删除',
    removeQuestion: (name: string) => `删除流程 ${name}？`, removeMeans: '其所有版本将一并删除。仍被号码、队列、其他流程或满意度调查引用的流程不能删除。',
    startWith: '选择模板', points: { menu: '欢迎语与双队列菜单', hours: '营业时间', survey: '满意度调查', empty: '空白' },
    pointHints: {
      menu: '播放欢迎语，客户按 1 或 2 进入前两个技能队列。', hours: '夜间、周末及节假日播放休息提示。', survey: '通话后客户按 1 至 5 评分，评分随路数据传递。', empty: '从空白开始。',
    },
    noQueues: '还没有技能队列：请先选择队列，否则流程会提示问题。',
    prompts: {
      language: 'zh_CN', welcome: '您好，感谢您的来电。', choose: '销售咨询请按 1，售后服务请按 2。', again: '对不起，您的选择无效。', closed: '现在是非工作时间。我们的工作时间是周一至周五九点到十七点，再见。',
      askScore: '请对本次服务评分，1 为非常不满意，5 为非常满意。', thanks: '感谢您的评价，再见。',
    },
  },
});
