/** How long both drivers keep what nodes note for each other, in milliseconds, and how much they delete at once. */

/** Changes of a product's device names. A node that looks at a product less often reads all of its names again. */
export const nameChangesMs = 60 * 60_000

/** Session changes, and nodes after the end of their lease: a node that has not read for longer has lost its lease. */
export const sessionChangesMs = 60 * 60_000

/** Expired messages that one sweep deletes: it delays other writes by a few milliseconds. */
export const messagesSweptAtOnce = 500
