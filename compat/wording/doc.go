// Package wording knows the words and signs of questions, in several languages: which
// belong to a question and change nothing, which may stand beside a version, which deny.
// It knows no names; what things are called comes from a dataset.
package wording
