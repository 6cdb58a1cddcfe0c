export const en = {
  users: 'RAM users',
  keys: 'Access keys',
  quotas: 'Quotas',
  tabs: 'Access',
  made: 'Created',
  cancel: 'Cancel',
  save: 'Save',
  actions: 'Actions',
  whoAreYou: (user: string, account: string, id: string) =>
    `You are the RAM user ${user} of the account ${account} (${id})`,
  accountsOnly: 'RAM users, access keys and quotas are changed with a key of the account itself.',
  youMayAll: 'You may call every operation but those.',
  youMayNothing: 'You may call nothing. The account’s own key can allow it.',
  youMay: (count: string) =>
    `You may call ${count} ${count === '1' ? 'operation' : 'operations'}, by these permissions:`,
  theseOperations: 'The operations',
}
