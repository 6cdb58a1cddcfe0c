export const en = {
  lacks: (action: string) =>
    `Your key may not call ${action}. The account’s own key can allow it, under Access.`,
  ofAccount: (action: string) => `${action} takes the account’s own key; yours is a RAM user’s.`,
}
