// Package lifecycle is how long the vendors of technologies maintain their series, and
// what that means for some versions on a day. It has no part in any verdict.
package lifecycle
