import { deviceName, deviceSecret, type FieldRule, serialNumber } from '../../rules/device-fields.ts'
import { type Texts, useTexts } from '../shell/language.tsx'

const characters = (rule: FieldRule) => rule.characters.replaceAll('\\', '')
const spanned = ({ min, max }: FieldRule) => `${min}–${max}`

/** Why a row can't be imported, by the codes of src/intake. */
const texts: Texts<{
  readonly sentences: Readonly<Record<string, string>>
  readonly names: Readonly<Record<string, string>>
  readonly rejected: (said: string) => string
}> = {
  en: {
    sentences: {
      InvalidDeviceName: `The DeviceName must have ${spanned(deviceName)} characters of ${characters(deviceName)}.`,
      InvalidDeviceSecret: `The DeviceSecret must have ${spanned(deviceSecret)} characters of ${characters(deviceSecret)}.`,
      InvalidSn: `The Sn must have ${spanned(serialNumber)} characters of ${characters(serialNumber)}, or be empty.`,
      RepeatedDeviceName: 'The DeviceName stands in an earlier row already.',
      ExistingDeviceName: 'A device of this name is registered in the product already.',
      Rejected: 'The server did not take it.',
    },
    names: {
      InvalidDeviceName: 'Illegal DeviceName',
      InvalidDeviceSecret: 'Illegal DeviceSecret',
      InvalidSn: 'Illegal Sn',
      RepeatedDeviceName: 'Repeated in the file',
      ExistingDeviceName: 'Registered already',
      Rejected: 'Not taken by the server',
    },
    rejected: (said) => `The server did not take it: ${said}`,
  },
  zh: {
    sentences: {
      InvalidDeviceName: `DeviceName 须为 ${spanned(deviceName)} 个字符，只能包含 ${characters(deviceName)}。`,
      InvalidDeviceSecret: `DeviceSecret 须为 ${spanned(deviceSecret)} 个字符，只能包含 ${characters(deviceSecret)}。`,
      InvalidSn: `Sn 须为 ${spanned(serialNumber)} 个字符，只能包含 ${characters(serialNumber)}，也可以留空。`,
      RepeatedDeviceName: '该 DeviceName 在文件前面的行中已出现。',
      ExistingDeviceName: '产品中已注册同名设备。',
      Rejected: '服务器未接受该行。',
    },
    names: {
      InvalidDeviceName: 'DeviceName 不合法',
      InvalidDeviceSecret: 'DeviceSecret 不合法',
      InvalidSn: 'Sn 不合法',
      RepeatedDeviceName: '文件内重复',
      ExistingDeviceName: '已注册',
      Rejected: '服务器未接受',
    },
    rejected: (said) => `服务器未接受该行：${said}`,
  },
}

/** A code in a few words. */
export function useReasonName(): (code: string) => string {
  const { names } = useTexts(texts)
  return (code) => names[code] ?? code
}

/** A code in a sentence; for those that are not known, what the server said. */
export function useSaid(): (code: string, said?: string) => string {
  const { sentences, rejected } = useTexts(texts)
  return (code, said) =>
    code === 'Rejected' && said !== undefined && said !== ''
      ? rejected(said)
      : (sentences[code] ?? said ?? code)
}
