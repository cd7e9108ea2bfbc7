// Package requirement is what a release needs and where it listens: how much of a
// resource in each deployment, for one instance or for several by the document's own
// rule, and the ports it takes. It works on facts and knows no index.
package requirement
