import { catalogue } from '../text/catalogue.ts';

/** What kinds of nodes and their fields are called. Those that are not here go by the server's own names. */
export const nodeTexts = catalogue({
  en: {
    flow: 'The flow itself',
    types: {
      play: 'Play a file', say: 'Say', collect: 'Ask for digits', menu: 'Menu', record: 'Record', wait: 'Wait', set: 'Set a variable', branch: 'Decide', http: 'Ask a web service',
      queue: 'To a queue', agent: 'To an agent', transfer: 'Transfer', return: 'Back to the agent', hangUp: 'Hang up',
    },
    means: {
      play: 'Plays a voice file.', say: 'Speaks a text.', collect: 'Asks for digits and keeps them in a variable.', menu: 'Lets the caller choose by one key.',
      record: 'Records what the caller says, until a key or the time ends it.', wait: 'Lets time pass in silence; keys pressed meanwhile are kept.',
      set: 'Gives a variable the value of an expression.', branch: 'Goes where the first condition holds.', http: 'Asks a trusted web service and keeps parts of its reply.',
      queue: 'Sends the caller into a queue, or into several at once.', agent: 'Sends the caller to one agent.', transfer: 'Sends the caller to a number outside, or into another flow.',
      return: 'Gives the caller back to the agent who waits.', hangUp: 'Ends the call, after a last word if there is one.',
    },
    fields: {
      file: 'Voice file', bargeIn: 'A key cuts it short', next: 'Then', error: 'If it fails', text: 'Text', language: 'Language', voice: 'Voice', rate: 'Speed in per cent', prompt: 'What is said',
      noInput: 'Said when no key is pressed', noMatch: 'Said when the keys do not fit', retries: 'How often it asks again', firstSeconds: 'Seconds until the first key',
      betweenSeconds: 'Seconds between keys', into: 'Keep it in the variable', max: 'Digits at most', min: 'Digits at least', terminator: 'Key that ends the entry', otherwise: 'Otherwise',
      choices: 'Keys', maxSeconds: 'Longest time in seconds', endKeys: 'Keys that end it', lengthInto: 'Keep its length in the variable', seconds: 'Seconds', variable: 'Variable', to: 'Value',
      cases: 'Conditions, the first that holds', when: 'When', method: 'Method', url: 'Address', headers: 'Headers', body: 'Body', key: 'Shared key that is sent', timeoutSeconds: 'Seconds until it is given up',
      statusInto: 'Keep the status in the variable', queue: 'Queue', also: 'Also in the queues', agent: 'Agent', overflow: 'Queue when the agent does not come', number: 'Number outside', flow: 'Flow',
      start: 'Calls come in', onError: 'After a failure', variables: 'Variables and what they begin with', holidays: 'Holidays', apology: 'Last words where nothing more can be done',
      play: 'Voice file', say: 'Text', path: 'Path of a file', 'http.into': 'Keep of the reply', 'cases.to': 'Go to', 'flow.maxSeconds': 'Longest time in the flow, in seconds',
    },
    hints: {
      words: 'Variables as ${name}', spoken: 'Variables as ${name}, or ${name:digits}, :number, :amount EUR, :date, :time',
      expression: 'Texts in \'quotes\', numbers, variables; + - * / %, & joins texts; upper, trim, part …', condition: 'weekday > 5 or time < \'09:00\'',
      holiday: 'A day such as 2027-12-27, or 12-25 for every year', jsonPath: 'Where it stands in the reply, such as customer.orders[0].state', json: 'JSON; texts in it may have variables as ${name}',
    },
    pieces: { text: 'Text', say: 'Text in a manner of its own', play: 'Voice file', path: 'File of another program' },
  },
  zh: {
    flow: '流程本身',
    types: {
      play: '播放语音文件', say: '播报文本', collect: '收集按键', menu: '按键菜单', record: '录音', wait: '等待', set: '设置变量', branch: '条件判断', http: '调用 Web 服务',
      queue: '转技能队列', agent: '转座席', transfer: '转接', return: '交还座席', hangUp: '挂机',
    },
    means: {
      play: '播放一个语音文件。', say: '合成语音播报文本。', collect: '请客户输入数字并存入变量。', menu: '客户按一个键作出选择。', record: '录制客户说的话，按键或超时后结束。',
      wait: '静默等待，期间的按键会保留。', set: '将表达式的值赋给变量。', branch: '转到第一个成立的条件。', http: '调用受信任的 Web 服务，并保存部分应答内容。',
      queue: '将客户转入一个或多个技能队列。', agent: '将客户转给指定座席。', transfer: '将客户转到外部号码或另一流程。', return: '将客户交还给等待的座席。', hangUp: '结束呼叫，可先播放结束语。',
    },
    fields: {
      file: '语音文件', bargeIn: '允许按键打断', next: '下一步', error: '失败时', text: '文本', language: '语言', voice: '发音人', rate: '语速（%）', prompt: '提示语',
      noInput: '未按键提示', noMatch: '按键无效提示', retries: '重试次数', firstSeconds: '首键等待（秒）', betweenSeconds: '键间等待（秒）', into: '存入变量', max: '最多位数', min: '最少位数',
      terminator: '结束键', otherwise: '其他情况', choices: '按键', maxSeconds: '最长时间（秒）', endKeys: '结束键', lengthInto: '时长存入变量', seconds: '秒数', variable: '变量', to: '值',
      cases: '条件（取第一个成立的）', when: '条件', method: '方法', url: '地址', headers: '请求头', body: '请求体', key: '发送的共享密钥', timeoutSeconds: '超时（秒）', statusInto: '状态码存入变量',
      queue: '技能队列', also: '同时进入的队列', agent: '座席', overflow: '座席无应答时转入队列', number: '外部号码', flow: '流程', start: '呼叫进入', onError: '出错后', variables: '变量及初始值',
      holidays: '节假日', apology: '无法继续时的结束语', play: '语音文件', say: '文本', path: '文件路径', 'http.into': '保存的应答内容', 'cases.to': '转到', 'flow.maxSeconds': '流程最长时间（秒）',
    },
    hints: {
      words: '变量写作 ${name}', spoken: '变量写作 ${name}，或 ${name:digits}、:number、:amount EUR、:date、:time',
      expression: '文本加 \'引号\'，可用数字、变量；+ - * / %，& 连接文本；upper、trim、part 等函数', condition: 'weekday > 5 or time < \'09:00\'',
      holiday: '如 2027-12-27；12-25 表示每年', jsonPath: '在应答中的位置，如 customer.orders[0].state', json: 'JSON，文本中可用变量 ${name}',
    },
    pieces: { text: '文本', say: '指定发音方式的文本', play: '语音文件', path: '其他程序上传的文件' },
  },
});

export type NodeTexts = (typeof nodeTexts)['en'];

const of = (texts: Readonly<Record<string, string>>, name: string): string | undefined => (Object.hasOwn(texts, name) ? texts[name] : undefined);

export const typeText = (text: NodeTexts, type: string): string => (type === '' ? text.flow : of(text.types, type) ?? type);
/** `inside` is the kind of node, or the list in which the field stands. */
export const fieldText = (text: NodeTexts, inside: string, name: string): string => of(text.fields, `${inside === '' ? 'flow' : inside}.${name}`) ?? of(text.fields, name) ?? name;
export const pieceText = (text: NodeTexts, name: string): string => of(text.pieces, name) ?? name;
export const meansText = (text: NodeTexts, type: string): string | undefined => of(text.means, type);
