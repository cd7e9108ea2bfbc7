// Package sheet reads YAML files into values, strictly, and edits them where they
// stand: what an edit does not touch stays byte for byte. It is the only package that
// knows YAML, and it knows no catalogue.
package sheet
