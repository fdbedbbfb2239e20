import { catalogue } from '../../text/catalogue.ts';

export const widgetTexts = catalogue({
  en: {
    title: 'Call buttons', about: 'Buttons on web pages by which visitors call a number of yours, out of the browser.', create: 'New call button', empty: 'No call buttons yet',
    emptyHint: 'Say which web pages may call which numbers, then paste one line into the page: visitors talk to you without a telephone.',
    name: 'Name', nameHint: 'Such as the name of the web site', origins: 'Web pages', originsHint: 'Scheme, host and port of the pages that may use it; press Enter after each',
    originsMissing: 'At least one web page is needed', originForm: 'These are no addresses of web pages', accessCodes: 'Numbers', numbersHint: 'Access codes that lead somewhere; press Enter after each',
    numbersMissing: 'At least one number is needed', numberForm: 'Digits, * # and + only', callsPerMinute: 'Calls a minute at most', enabled: 'In use', on: 'Yes', off: 'No',
    use: (name: string) => `Use the call button ${name}`, switchedOn: (name: string) => `${name} is in use`, switchedOff: (name: string) => `${name} is switched off`,
    saved: (name: string) => `The call button ${name} is saved`, remove: 'Delete', removeQuestion: (name: string) => `Delete the call button ${name}?`,
    removeMeans: 'Pages that have it can call no more. Calls that go on are not touched.',
    paste: 'Put it on a page', pasteTitle: (name: string) => `Put ${name} on a page`, pasteHint: 'Paste this line into the page, anywhere in its body.', snippet: 'Line to paste', number: 'Number that it calls',
    tryIt: 'Try it as a customer', tryHint: 'Opens a page of Parley\'s own with this button. It has to be among the web pages of the button: ', isOff: 'This button is switched off: nobody can call by it.',
    addPage: (origin: string) => `Let ${origin} use it`, pageAdded: (origin: string) => `${origin} may use it now`,
  },
  zh: {
    title: '网页呼叫按钮', about: '网页上的呼叫按钮，访客可直接在浏览器中呼叫您的号码。', create: '新建呼叫按钮', empty: '还没有呼叫按钮',
    emptyHint: '指定哪些网页可以呼叫哪些号码，再将一行代码粘贴到网页中：访客无需电话即可与您通话。',
    name: '名称', nameHint: '例如网站名称', origins: '网页', originsHint: '可使用该按钮的网页的协议、主机和端口，每输入一个按回车',
    originsMissing: '至少需要一个网页', originForm: '不是有效的网页地址', accessCodes: '号码', numbersHint: '已配置路由的接入码，每输入一个按回车',
    numbersMissing: '至少需要一个号码', numberForm: '仅限数字、* # 和 +', callsPerMinute: '每分钟最多呼叫数', enabled: '启用', on: '是', off: '否',
    use: (name: string) => `启用呼叫按钮 ${name}`, switchedOn: (name: string) => `${name} 已启用`, switchedOff: (name: string) => `${name} 已停用`,
    saved: (name: string) => `呼叫按钮 ${name} 已保存`, remove: '删除', removeQuestion: (name: string) => `删除呼叫按钮 ${name}？`,
    removeMeans: '已嵌入的网页将无法再呼叫，进行中的通话不受影响。',
    paste: '嵌入网页', pasteTitle: (name: string) => `将 ${name} 嵌入网页`, pasteHint: '将此行代码粘贴到网页 body 中的任意位置。', snippet: '嵌入代码', number: '呼叫的号码',
    tryIt: '以客户身份试用', tryHint: '打开 Parley 自带的、含此按钮的页面。该页面须在按钮允许的网页之列：', isOff: '此按钮已停用，无法呼叫。',
    addPage: (origin: string) => `允许 ${origin} 使用`, pageAdded: (origin: string) => `${origin} 现在可以使用`,
  },
});
