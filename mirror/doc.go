// Package mirror holds a file of a repository, as it was read, against what a local
// clone has of it now, and reads what it was before. It runs git and nothing else: no network, no hook, and nothing
// that the configuration of a clone names, as a clone is somebody else's.
package mirror
