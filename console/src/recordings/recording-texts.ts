import { catalogue } from '../text/catalogue.ts';

export const recordingTexts = catalogue({
  en: {
    title: 'Recordings', about: 'What agents talked and was recorded, as far as you may hear it.', number: 'Number', numberHint: 'Caller or called', agent: 'Agent', any: 'Any', from: 'From', to: 'Until', search: 'Search', clear: 'Clear',
    empty: 'No recordings found', emptyHint: 'Widen the search: another number, a longer time, any agent.', emptyAll: 'No recordings yet',
    emptyAllHint: 'Agents record from their desk while they talk; an operator can have every talk of the tenant recorded. Recordings stand here when they are over.',
    began: 'Began', length: 'Length', caller: 'Caller', called: 'Called', how: 'Recorded', automatic: 'Automatically', byAgent: 'By the agent', media: 'Kind', medias: { voice: 'Sound', video: 'Video' }, withheld: 'Withheld',
    unknownLength: 'unknown', failed: 'Could not be written whole', lost: 'Cut off, as the server stopped', toCall: 'Call', close: 'Close the player', listen: 'Listen', watch: 'Watch',
    of: (agent: string, at: string) => `Recording of ${agent}, ${at}`,
    loading: 'Fetching the recording', play: 'Play', pause: 'Pause', back: (seconds: string) => `Back ${seconds} s`, forward: (seconds: string) => `Forward ${seconds} s`, speed: 'Speed', times: (speed: string) => `${speed}×`,
    sides: 'Sides', sideNames: { mixed: 'Together', apart: 'Apart' }, agentSide: 'Agent', otherSide: 'Customer', position: 'Position in the recording', at: (now: string, whole: string) => `${now} of ${whole}`,
    keys: 'Space plays, arrows jump, < and > change the speed', download: 'Download',
    forbiddenHint: 'The right to hear recordings of others is a permission of the agent\'s role. An administrator gives it under "Reasons and rights".', unplayable: 'This recording cannot be played',
    unplayableHint: 'Download it and play it with another program.',
  },
  zh: {
    title: '录音', about: '座席通话的录音，仅显示您有权收听的。', number: '号码', numberHint: '主叫或被叫', agent: '座席', any: '不限', from: '开始时间', to: '截止时间', search: '查询', clear: '清空',
    empty: '没有符合条件的录音', emptyHint: '请放宽条件：换个号码、延长时间或不限座席。', emptyAll: '还没有录音',
    emptyAllHint: '座席可在通话中录音；系统管理员也可为租户开启全程录音。录音结束后会显示在这里。',
    began: '开始', length: '时长', caller: '主叫', called: '被叫', how: '录制方式', automatic: '自动', byAgent: '座席录制', media: '类型', medias: { voice: '录音', video: '录像' }, withheld: '未显示',
    unknownLength: '未知', failed: '未能完整写入', lost: '因服务器停止而中断', toCall: '通话', close: '关闭播放器', listen: '收听', watch: '观看',
    of: (agent: string, at: string) => `${agent} 的录音，${at}`,
    loading: '正在获取录音', play: '播放', pause: '暂停', back: (seconds: string) => `后退 ${seconds} 秒`, forward: (seconds: string) => `前进 ${seconds} 秒`, speed: '倍速', times: (speed: string) => `${speed}×`,
    sides: '声道', sideNames: { mixed: '混合', apart: '分开' }, agentSide: '座席', otherSide: '客户', position: '播放位置', at: (now: string, whole: string) => `${now} / ${whole}`,
    keys: '空格播放，方向键跳转，< 和 > 调整倍速', download: '下载',
    forbiddenHint: '收听他人录音是座席角色的一项权限，由管理员在“原因与权限”中授予。', unplayable: '此录音无法播放',
    unplayableHint: '请下载后用其他程序播放。',
  },
});
