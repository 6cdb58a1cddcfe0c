/**
 * A setting or a file of the operator's that is wrong: every further attempt fails until the operator corrects it.
 * Servers of several workers end by it when no worker serves any more.
 */
export class ConfigurationError extends Error {}
