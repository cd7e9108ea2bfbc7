// Package fact has the words that travel through every room: the facts of a
// [Dataset] as plain values, the vocabularies in which they and the answers are
// told ([Status], [Match], [Verdict], …), quantities, days, the key under which a
// name is found, and the one vocabulary of errors. It decides nothing.
//
// What the words mean, the glossary of package compat tells.
package fact
