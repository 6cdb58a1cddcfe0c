/** Messages for entries of device lists; where nothing is published, by analogy (design §6). */
export const nameIllegal = 'The device name is illegal.'
export const nicknameIllegal = 'The nick name is illegal.'
export const secretIllegal = 'The device secret is illegal.'

/** The message and list for a name that is repeated in the list or registered. */
export const repeatedName = {
  reason: 'The device name is repeated.',
  takenReason: 'The device name already exists.',
  member: 'DeviceName',
  list: 'RepeatedDeviceNameList',
} as const
