// Package answers is what answers are made of, in JSON and in text: the documented types,
// and what appends them straight from what the domain says, as reflection would double the
// cost of a question: encode.go, which is generated. encoder.go says what each type is made
// of, and the tag from of a field what it is, where that does not call it the same (see
// generate). Several operations tell of the same things, such as statements, lifecycles and
// requirements; they are here.
package answers

//go:generate go test ./generate -run ^TestCommitted$ -count 1 -update
