// Package wire is what an API over HTTP needs whatever it is about: parameters, and the
// names that none has; lists with orders, filters and cursors; entity tags; JSON as it is
// appended; the types that a client prefers; problems, and files. It knows no product.
package wire
