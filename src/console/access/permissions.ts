import { permits } from '../../lib/permissions.ts'
import { actionPattern } from '../../rules/identifiers.ts'
import type { Parameters } from '../shell/api-query.ts'

/** Patterns such as iot:Query*; undefined allows everything, what later versions add too. */
export type Permissions = readonly string[] | undefined

export const presets = ['read', 'some', 'all', 'none'] as const
export type Preset = (typeof presets)[number]

/** What changes nothing on devices and products. */
export const readOnly: readonly string[] = [
  'iot:Query*',
  'iot:Get*',
  'iot:List*',
  'iot:BatchQuery*',
  'iot:BatchGet*',
  'iot:BatchCheck*',
]

/** As many as an operation takes. */
export const patternsMax = 100

/** What a RAM user's permissions come to. */
export function presetOf(permissions: Permissions): Preset {
  if (permissions === undefined || permissions.includes('*') || permissions.includes('iot:*')) return 'all'
  if (permissions.length === 0) return 'none'
  const isReadOnly =
    permissions.length === readOnly.length && readOnly.every((pattern) => permissions.includes(pattern))
  return isReadOnly ? 'read' : 'some'
}

/** The permissions that a preset stands for. @param chosen those of `some` */
export function permissionsOf(preset: Preset, chosen: readonly string[]): Permissions {
  return { all: undefined, read: readOnly, some: chosen, none: [] }[preset]
}

/** As CreateUser and SetUserPermissions take them. */
export const sentAs = (permissions: Permissions): Parameters =>
  permissions === undefined ? { AllowAll: true } : { AllowedAction: permissions }

/** The first pattern that is wrong, and why; undefined where none is. */
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

/** The actions that permissions allow. @param actions those that a RAM user may be allowed */
export const allowedOf = (permissions: Permissions, actions: readonly string[]): readonly string[] =>
  actions.filter((action) => permits(permissions, action) || permissions?.includes('*'))
