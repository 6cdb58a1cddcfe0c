/** What entries of device lists are told; where nothing is published, by analogy (design §6). */
export const nameIllegal = 'The device name is illegal.'
export const nicknameIllegal = 'The nick name is illegal.'
export const secretIllegal = 'The device secret is illegal.'

/** Of a name that stands in the list twice or is registered, and where the answer has it. */
export const repeatedName = {
  reason: 'The device name is repeated.',
  takenReason: 'The device name already exists.',
  member: 'DeviceName',
  list: 'RepeatedDeviceNameList',
} as const
