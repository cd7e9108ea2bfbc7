// Package plan makes the environments to test a release with, out of what it lists: few
// enough to run, and each such that [compat.Release.Check] passes it.
package plan
