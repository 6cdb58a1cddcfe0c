/**
 * An invalid setting or file. A retry fails until the operator corrects it, so a server with several workers
 * stops if no worker serves any more.
 */
export class ConfigurationError extends Error {}
