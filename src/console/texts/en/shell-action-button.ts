export const en = {
  lacks: (action: string) =>
    `Your key may not call ${action}. An account key can grant the permission under Access.`,
  ofAccount: (action: string) => `${action} needs an account key; you are signed in with a RAM user’s key.`,
}
