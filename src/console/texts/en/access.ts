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
  accountsOnly: 'Only a key of the account itself can change RAM users, access keys and quotas.',
  youMayAll: 'You may call all other operations.',
  youMayNothing: 'You may call no operation. An account key can grant permissions.',
  youMay: (count: string) =>
    `These permissions allow you to call ${count} ${count === '1' ? 'operation' : 'operations'}:`,
  theseOperations: 'Allowed operations',
}
