import { catalogue } from '../../text/catalogue.ts';

/** What all accounts have in common: those of people at the console, of agents, of operators. */
export const accountTexts = catalogue({
  en: {
    account: 'Account', accountForm: 'Letters, digits and @ . - _ only', accountHint: 'What they sign in with; it cannot be changed later.', name: 'Name', nameForm: 'Without " [ ] \' & ( ) = ; < > ,',
    email: 'Mail address', phone: 'Telephone number', phoneForm: 'Digits, blanks and + ( ) * # - only',
    password: 'Password', passwordHint: 'Leave it empty to have one made up, which is shown once.', passwordWeak: 'Eight characters at least, with upper case, lower case, a digit and a special character',
    state: 'State', on: 'On', off: 'Switched off', locked: 'Locked', expired: 'Password expired', lockedUntil: (moment: string) => `Locked until ${moment} after three wrong passwords`,
    enabled: 'May sign in', enabledHint: 'Switched off, its sessions end at once.', unlock: 'Unlock', unlocked: (account: string) => `${account} may try again`,
    reset: 'Reset the password', resetQuestion: (account: string) => `A new password for ${account}`, resetMeans: 'The sessions of the account end, and so does its lock. The new password must be changed at the next sign-in.',
    newPassword: 'New password', set: 'Set the password', cancel: 'Cancel', changed: (account: string) => `The password of ${account} is changed`,
    toldTitle: (who: string) => `Password for ${who}`, close: 'Close', search: 'Search by account or name',
    saved: (name: string) => `${name} is saved`, remove: 'Delete', nothingFound: 'Nothing found', nothingFoundHint: 'Try fewer letters.', signIn: 'Sign-in',
  },
  zh: {
    account: '账号', accountForm: '只能包含字母、数字和 @ . - _', accountHint: '用于登录，创建后不可修改。', name: '姓名', nameForm: '不能包含 " [ ] \' & ( ) = ; < > ,',
    email: '邮箱', phone: '电话号码', phoneForm: '只能包含数字、空格和 + ( ) * # -',
    password: '密码', passwordHint: '留空则自动生成，仅显示一次。', passwordWeak: '至少 8 个字符，须包含大写字母、小写字母、数字和特殊字符',
    state: '状态', on: '启用', off: '已停用', locked: '已锁定', expired: '密码已过期', lockedUntil: (moment: string) => `连续三次密码错误，锁定至 ${moment}`,
    enabled: '允许登录', enabledHint: '停用后其会话立即结束。', unlock: '解锁', unlocked: (account: string) => `${account} 已解锁`,
    reset: '重置密码', resetQuestion: (account: string) => `为 ${account} 设置新密码`, resetMeans: '该账号的会话将结束并解除锁定，下次登录时必须修改新密码。',
    newPassword: '新密码', set: '设置密码', cancel: '取消', changed: (account: string) => `${account} 的密码已修改`,
    toldTitle: (who: string) => `${who} 的密码`, close: '关闭', search: '按账号或姓名搜索',
    saved: (name: string) => `${name} 已保存`, remove: '删除', nothingFound: '没有找到', nothingFoundHint: '请减少关键字后重试。', signIn: '登录',
  },
});
