import type { Texts } from '../shell/language.tsx'

/** Of one batch, or of one checked list. */
export const texts: Texts<{
  readonly devices: string
  readonly noneLeft: string
  readonly noWay: string
  readonly download: string
  readonly about: (columns: readonly string[]) => string
  readonly downloadTitle: (applyId: number) => string
  readonly stillThere: (count: string) => string
  readonly withMeans: string
  readonly withoutMeans: string
  readonly undo: string
  readonly undoTitle: (applyId: number) => string
  readonly undoLooking: string
  readonly wouldDelete: (count: number, figure: string) => string
  readonly wouldKeep: (count: number, figure: string) => string
  readonly wouldKeepNone: string
  readonly shared: string
  readonly forGood: string
  readonly nothingToUndo: string
  readonly undoDo: (count: number, figure: string) => string
  readonly undone: (deleted: string, kept: string) => string
  readonly cancel: string
  readonly close: string
  readonly status: string
  readonly canBe: string
  readonly canNot: string
  readonly wasRegistered: string
  readonly namesUntold: string
  readonly good: (count: string) => string
  readonly bad: (count: string) => string
  readonly reason: string
  readonly checkAgain: string
  readonly register: (count: number, figure: string) => string
  readonly notFit: string
  readonly looking: string
  readonly registerAsk: (count: number, figure: string) => string
  readonly registerMeans: string
  readonly registered: (count: string) => string
}> = {
  en: {
    devices: 'Devices of the batch',
    noneLeft: 'The batch has no devices any more: they were deleted, or the batch was undone.',
    noWay:
      'Your key may call neither QueryImportedDeviceByApplyId nor QueryPageByApplyId, so the devices can’t be listed. The account’s own key can allow it, under Access.',
    download: 'Download',
    downloadTitle: (applyId) => `Download ApplyId ${applyId}`,
    stillThere: (count) => `Still there: ${count}`,
    about: (columns) => `The devices that the batch still has: ${columns.join(', ')}.`,
    withMeans:
      'The secrets are readable in the file: keep it as you would keep a password. Batch import takes it as it is.',
    withoutMeans: 'Without secrets the file is a list; it can’t be imported again.',
    undo: 'Undo',
    undoTitle: (applyId) => `Undo ApplyId ${applyId}`,
    undoLooking: 'Looking at what would be deleted…',
    wouldDelete: (count, figure) =>
      count === 1
        ? '1 device will be deleted, with its secret.'
        : `${figure} devices will be deleted, with their secrets.`,
    wouldKeep: (count, figure) =>
      `${count === 1 ? '1 device will be kept: it was' : `${figure} devices will be kept: they were`} disabled, tagged, put into a group or otherwise changed since.`,
    wouldKeepNone: 'None was changed since, so none will be kept.',
    shared:
      'Devices that were registered one by one at the same moment share an ApplyId: all of them will be deleted.',
    forGood: 'This can’t be taken back.',
    nothingToUndo: 'No device of the batch is left as it was, so nothing would be deleted.',
    undoDo: (count, figure) => (count === 1 ? 'Delete 1 device' : `Delete ${figure} devices`),
    undone: (deleted, kept) => `Devices deleted: ${deleted}; kept: ${kept}.`,
    cancel: 'Cancel',
    close: 'Close',
    status: 'Status',
    canBe: 'The list was checked and can be registered',
    canNot: 'The list can’t be registered: some of its names are not fit',
    wasRegistered: 'The list was registered',
    namesUntold:
      'The API tells the names of a list only once it is registered, or where one of them is not fit: these can’t be listed yet.',
    good: (count) => `Good names: ${count}`,
    bad: (count) => `Names that are not fit: ${count}`,
    reason: 'Reason',
    checkAgain: 'Check a corrected list with BatchCheckDeviceNames: it has an ApplyId of its own.',
    register: (count, figure) => (count === 1 ? 'Register 1 device' : `Register ${figure} devices`),
    notFit: 'Some names of the list are not fit.',
    looking: 'The list is being looked at.',
    registerAsk: (count, figure) => (count === 1 ? 'Register 1 device?' : `Register ${figure} devices?`),
    registerMeans: 'All of the list or none. Their secrets are drawn; you can download them afterwards.',
    registered: (count) => `Devices registered: ${count}.`,
  },
  zh: {
    devices: '批次中的设备',
    noneLeft: '该批次已没有设备：设备已被删除，或批次已撤销。',
    noWay:
      '当前密钥无权调用 QueryImportedDeviceByApplyId 和 QueryPageByApplyId，无法列出设备。可用主账号密钥在“访问控制”中授权。',
    download: '下载',
    downloadTitle: (applyId) => `下载 ApplyId ${applyId} 的设备`,
    stillThere: (count) => `现存设备：${count}`,
    about: (columns) => `下载该批次现存的设备，包含 ${columns.join('、')}。`,
    withMeans: '文件中的密钥为明文，请像密码一样妥善保管。该文件可直接用于批量导入。',
    withoutMeans: '不含密钥的文件仅作清单，不能用于批量导入。',
    undo: '撤销',
    undoTitle: (applyId) => `撤销 ApplyId ${applyId}`,
    undoLooking: '正在查询将被删除的设备…',
    wouldDelete: (_, figure) => `将删除 ${figure} 个设备及其密钥。`,
    wouldKeep: (_, figure) => `将保留 ${figure} 个设备：创建后已被禁用、打标签、加入分组或有其他变更。`,
    wouldKeepNone: '批次中的设备均未变更，不会保留任何设备。',
    shared: '同一时刻逐个注册的设备共用一个 ApplyId，将一并删除。',
    forGood: '此操作无法恢复。',
    nothingToUndo: '批次中没有未变更的设备，无可删除。',
    undoDo: (_, figure) => `删除 ${figure} 个设备`,
    undone: (deleted, kept) => `已删除 ${deleted} 个设备，保留 ${kept} 个。`,
    cancel: '取消',
    close: '关闭',
    status: '状态',
    canBe: '名单已通过校验，可以注册',
    canNot: '名单无法注册：部分名称不合格',
    wasRegistered: '名单已注册',
    namesUntold: '名单注册后，或其中有名称不合格时，API 才返回名称，因此目前无法列出。',
    good: (count) => `合格名称：${count}`,
    bad: (count) => `不合格名称：${count}`,
    reason: '原因',
    checkAgain: '请修正后用 BatchCheckDeviceNames 重新校验，新名单会有新的 ApplyId。',
    register: (_, figure) => `注册 ${figure} 个设备`,
    notFit: '名单中有不合格的名称。',
    looking: '正在查询名单状态。',
    registerAsk: (_, figure) => `确定注册 ${figure} 个设备？`,
    registerMeans: '名单中的设备全部注册，或全部不注册。密钥由系统生成，注册后可下载。',
    registered: (count) => `已注册 ${count} 个设备。`,
  },
}
