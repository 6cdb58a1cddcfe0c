export const en = {
  tags: 'Tags',
  key: 'Key',
  value: 'Value',
  add: 'Add tag',
  addTitle: 'Add a tag',
  changeTitle: (key: string) => `Change the tag ${key}`,
  change: (key: string) => `Change the tag ${key}`,
  remove: (key: string) => `Remove the tag ${key}`,
  removeTitle: (key: string) => `Remove the tag ${key}?`,
  exists: (key: string) => `The tag ${key} already exists. Click it to change its value.`,
  full: (max: number) => `The limit of ${max} tags is reached.`,
}
