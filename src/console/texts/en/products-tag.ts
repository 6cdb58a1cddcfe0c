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
  exists: (key: string) => `There is a tag ${key} already; click on it to change it.`,
  full: (max: number) => `It has ${max} tags, which is as many as there may be.`,
}
