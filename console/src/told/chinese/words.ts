import { codeWords } from '../../calls/code-words.ts';

const { reasons, causes, states } = codeWords.zh;

/** What there is, or is not: before its name. */
export const nouns = {
  'access code for trials': '试用接入码', 'access code that begins': '匹配的接入码',
  'access code {code} with extension code {extension}': '接入码 {code} 加扩展码 {extension}', 'access code {code}': '接入码 {code}',
  'access code': '接入码', account: '账号', 'agent role': '座席角色', 'agent {agent}': '座席 {agent}', agent: '座席',
  'approved voice file': '已通过审核的语音文件', 'ban of': '封禁', 'call outcome named': '业务结果名称', 'call outcome': '业务结果',
  'call {call}': '通话 {call}', call: '通话', 'callback address': '回调地址', 'called route': '路由', code: '接入码',
  'customer of VDN': '租户客户资料', 'file of the recording': '录音文件', 'flow with access code': '流程接入码', 'IVR flow': 'IVR 流程',
  order: '订购', 'person of the demo': '演示人员', 'recording of {media}': '{media}录制文件', 'secret of': '密钥',
  'session of agent': '座席会话', 'shared key': '签名密钥', 'skill queue': '技能队列', 'tenant space': '租户空间', tenant: '租户',
  token: '令牌', trunk: '中继', 'trusted URL': '信任 URL', 'user group': '班组', 'version of IVR flow {flow}': 'IVR 流程 {flow} 的版本',
  'voice file': '语音文件', 'voice template': '语音模板', 'widget key': '网页呼叫按钮', '{scheme} key': '{scheme} 密钥',
};

const roles = { agent: '座席', supervisor: '主管', administrator: '管理员', operator: '系统管理员' };
/** A text of its own. */
const SENTENCE = {};

/** Single words by what they stand for; codes of 12.3.8.9 and 12.3.8.10 are told by what they mean. */
export const words = {
  message: SENTENCE, rest: SENTENCE, detail: SENTENCE, reason: SENTENCE,
  leave: reasons, cause: causes,
  state: { ...states, alerting: '振铃', ordered: '准备放音', playing: '放音中', paused: '已暂停' },
  things: { 'trusted URLs': '信任 URL', 'callback addresses': '回调地址', 'shared keys': '签名密钥' },
  decision: { approved: '通过审核', rejected: '拒绝' },
  role: roles, made: roles,
  media: { voice: '语音', video: '视频' },
  medium: { voice: '语音', chat: '文字' },
  how: {
    queue: '队列', internal: '内部呼叫', consult: '咨询', transfer: '转接', pickUp: '代答', requested: '请求转接', private: '个人队列', outbound: '外呼', threeParty: '三方通话',
    auto: '自动应答', manual: '手动应答', dialled: '拨号', merged: '合并', intercepted: '拦截',
  },
  why: {
    released: '挂机', dropped: '被拆除', transferred: '转出', ended: '通话结束', signedOut: '签出', merged: '合并', intercepted: '被拦截', failed: '失败',
    stopped: '已停止', end: '正常结束', lost: '文件丢失',
  },
  by: { customer: '客户挂机', agent: '座席挂机', failed: '未接通', merged: '合并' },
  outcome: { taken: '已拍摄', refused: '客户拒绝', failed: '失败' },
};
