//go:build race

package compat_test

// raced says that the race detector runs, under which the reference asks fewer questions.
const raced = true
