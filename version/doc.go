// Package version reads and compares printed versions. It is pure and knows no
// product.
//
// A printed version is a set of versions: "9" means all of 9.x, "8+" means 8
// and later, "12c release 2" means 12.2.x. [Scheme.Parse] reads a label in the
// notation of its technology into one normal form, a [Range]: an ordered list
// of half-open spans of semantic versions. Two ranges stand in a [Relation] to
// each other, and that is all a question about versions ever needs.
//
// # Versions of more than three parts
//
// A semantic version has three numbers; vendors print two (RHEL 9.4), four
// (Oracle 12.2.0.1) or five (Corretto 21.0.5.11.1). The bounds of a span are
// semantic versions of the module Masterminds/semver, written so that its
// precedence orders any number of parts: the fourth and later parts stand as
// numeric pre-release identifiers, and a bound without them gets the lowest,
// "-0". So 12.2 is the span from 12.2.0-0 to 12.3.0-0 and 12.2.0.1 the span
// from 12.2.0-1 to 12.2.0-2, which lies within it. (Rule 11 of semver.org:
// numeric identifiers compare as numbers, and the longer list is the higher.)
package version
