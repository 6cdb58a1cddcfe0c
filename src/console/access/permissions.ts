import { permits } from '../../lib/permissions.ts'
import { actionPattern } from '../../rules/identifiers.ts'
import type { Parameters } from '../shell/parameters.ts'

/** Patterns such as iot:Query*; undefined permits everything, including operations of later versions. */
export type Permissions = readonly string[] | undefined

export const presets = ['read', 'some', 'all', 'none'] as const
export type Preset = (typeof presets)[number]

/** Operations that make no changes to devices and products. */
export const readOnly: readonly string[] = [
  'iot:Query*',
  'iot:Get*',
  'iot:List*',
  'iot:BatchQuery*',
  'iot:BatchGet*',
  'iot:BatchCheck*',
]

/** The maximum for one operation. */
export const patternsMax = 100

/** Returns the preset of a RAM user's permissions. */
export function presetOf(permissions: Permissions): Preset {
  if (permissions === undefined || permissions.includes('*') || permissions.includes('iot:*')) return 'all'
  if (permissions.length === 0) return 'none'
  const isReadOnly =
    permissions.length === readOnly.length && readOnly.every((pattern) => permissions.includes(pattern))
  return isReadOnly ? 'read' : 'some'
}

/** Returns the permissions of a preset. @param chosen those of `some` */
export function permissionsOf(preset: Preset, chosen: readonly string[]): Permissions {
  return { all: undefined, read: readOnly, some: chosen, none: [] }[preset]
}

/** Converts permissions to the form of CreateUser and SetUserPermissions. */
export const sentAs = (permissions: Permissions): Parameters =>
  permissions === undefined ? { AllowAll: true } : { AllowedAction: permissions }

/** Returns the first invalid pattern and the reason; undefined if all are valid. */
export function wrongPattern(
  patterns: readonly string[],
  actions: readonly string[],
): { readonly pattern: string; readonly why: 'invalid' | 'matchesNothing' } | undefined {
  for (const pattern of patterns) {
    if (!actionPattern.pattern.test(pattern)) return { pattern, why: 'invalid' }
    if (allowedOf([pattern], actions).length === 0) return { pattern, why: 'matchesNothing' }
  }
  return undefined
}

/** Returns the permitted actions. @param actions those that a RAM user may be permitted */
export const allowedOf = (permissions: Permissions, actions: readonly string[]): readonly string[] =>
  actions.filter((action) => permits(permissions, action) || permissions?.includes('*'))
