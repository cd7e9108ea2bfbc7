// Package browser drives a real browser in the tests of what people see, against the
// server over the embedded catalogue: it notes whatever goes wrong in a page, takes
// pictures of it, and holds it against the rules of accessibility. Nothing of the
// program uses it.
package browser
