// Package survey asks the question of [compat.Release.Check] of many releases or many
// statements at once: which releases an environment is tested for ([Find]), what changes
// from one release to another ([Compare]), which statements are to be tested again
// ([Retest]), and what the record lacks ([Coverage]). It has no rule of its own about what
// a statement covers.
package survey
