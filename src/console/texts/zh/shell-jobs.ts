import type { en } from '../en/shell-jobs.ts'

export const zh: typeof en = {
  titles: {
    EnableThing: (about) => `启用设备：${about}`,
    DisableThing: (about) => `禁用设备：${about}`,
    DeleteDevice: (about) => `删除设备：${about}`,
    SaveDeviceProp: (about) => `添加标签：${about}`,
    DeleteDeviceProp: (about) => `移除标签：${about}`,
    BatchAddDeviceGroupRelations: (about) => `将设备加入分组 ${about}`,
    BatchDeleteDeviceGroupRelations: (about) => `将设备移出分组 ${about}`,
    BatchUpdateDeviceNickname: (about) => `修改备注名称：${about}`,
    export: (about) => `导出 ${about}`,
  },
  results: {
    running: (done, total) =>
      total === undefined ? `已处理 ${done} 个。` : `已处理 ${done} / ${total} 个。`,
    done: (done) => `已完成：${done} 个。`,
    stopped: (done, total) =>
      total === undefined ? `已停止，共处理 ${done} 个。` : `已停止，共处理 ${done} / ${total} 个。`,
    failed: (done) => `处理 ${done} 个后出错终止。`,
  },
  of: (done, total) => (total === undefined ? done : `${done} / ${total}`),
  failed: (count) => `${count} 个失败。`,
  jobs: '后台任务',
  open: (running) => (running === 0 ? '后台任务' : `后台任务，${running} 个进行中`),
  none: '暂无任务。批量操作和导出会显示在这里，切换页面后继续执行。',
  clear: '清除已结束的任务',
  stop: '停止',
  undo: '撤销',
  progress: '进度',
  notify: '任务在后台标签页结束时通知我',
}
