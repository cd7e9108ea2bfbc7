// Package proposal holds pages against a catalogue. [Propose] reads what they state and
// compares it with what the catalogue has, by meaning and not by letter: what is added,
// changed, withdrawn and not resolved, with its line. [Write] puts a proposal into the
// files; what it does not touch stays byte for byte, and nothing is written unless the
// whole would load again. A [Look] is what is known anew of a source itself, and [Lost]
// finds the quotes that its document has no more.
package proposal
