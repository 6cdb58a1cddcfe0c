import type { en } from '../en/products-export.ts'

export const zh: typeof en = {
  title: '导出设备',
  about:
    '导出该产品的全部设备，按注册时间由新到旧排列，包含 DeviceName、Sn、Nickname、DeviceStatus、IotId、UtcCreate。按默认限额，每秒约导出 2,000 个设备。',
  withMeans: '文件中的密钥为明文，请像密码一样妥善保管。该文件可直接用于批量导入。',
  withoutMeans: '不含密钥的文件仅作清单，不能用于批量导入。',
  aboutChosen: '所选设备的名称、序列号、备注名称、状态和 IotId。',
}
