// Package version reads and compares printed versions. It is pure and knows no
// product.
//
// A printed version is a set of versions: "9" means all of 9.x, "8+" means 8
// and later, "12c release 2" means 12.2.x. [Scheme.Parse] reads a label in the
// notation of its technology into one normal form, a [Range]: an ordered list
// of half-open spans of numbered versions. Two ranges stand in a [Relation] to
// each other, and that is all a question about versions ever needs.
//
// # Bounds
//
// Vendors print one number (Corretto 21) or five (Corretto 21.0.5.11.1). A
// bound is up to eight of them, and what is not printed is 0: 12.2 is the span
// from 12.2.0.0… up to 12.3.0.0…, and 12.2.0.1, from 12.2.0.1.0… up to
// 12.2.0.2.0…, lies within it.
package version
