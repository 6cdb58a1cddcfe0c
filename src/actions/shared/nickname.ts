import { registeredNickname } from '../../rules/device-fields.ts'

/** The characters of a nickname, for both languages of the documentation. */
export const nicknameFormat = ({ words, max }: typeof registeredNickname) => ({
  en: words,
  zh: `4～${max} 个字符，可含字母、数字、_ 以及中文或日文（一个算两个字符）`,
})

const registered = nicknameFormat(registeredNickname)
/** The nickname that a registration gives a device. */
export const registeredNicknameDoc = {
  en: `The nickname of the device: ${registered.en}.`,
  zh: `备注名称：${registered.zh}。`,
}
