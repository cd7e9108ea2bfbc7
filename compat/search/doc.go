// Package search finds products and technologies, their releases and series, by names that
// may have typing slips; a [compat.Pattern] says how well a name answers.
package search
