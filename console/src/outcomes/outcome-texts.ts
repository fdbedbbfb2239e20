import { catalogue } from '../text/catalogue.ts';

/** What agents say that came of calls. */
export const outcomeTexts = catalogue({
  en: {
    outcome: 'Outcome', of: (who: string) => `Outcome of the call with ${who}`, lastCall: 'Outcome of the last call', choose: 'Choose what came of it', remark: 'Remark', remarkFirst: 'Choose an outcome, then there is room for a remark.',
    noneFits: 'No outcome of that name', states: { untouched: '', changed: 'Not saved yet', saving: 'Saving…', saved: 'Saved', failed: 'Not saved' },
    none: 'No outcomes yet', noneHint: 'An administrator adds them under Call outcomes; then you choose one here.',
    noted: (who: string, when: string) => `${who}, ${when}`, notNoted: 'No agent has noted what came of this call.',
  },
  zh: {
    outcome: '业务结果', of: (who: string) => `与 ${who} 通话的业务结果`, lastCall: '上一通电话的业务结果', choose: '请选择业务结果', remark: '备注', remarkFirst: '选择业务结果后可填写备注。',
    noneFits: '没有匹配的业务结果', states: { untouched: '', changed: '尚未保存', saving: '保存中…', saved: '已保存', failed: '未保存' },
    none: '还没有业务结果', noneHint: '由管理员在“业务结果”页面添加，之后即可在此选择。',
    noted: (who: string, when: string) => `${who}，${when}`, notNoted: '座席尚未记录本次通话的业务结果。',
  },
});
