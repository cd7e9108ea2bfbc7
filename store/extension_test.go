//go:build !sqlite_omit_load_extension

package store_test

// extensionsOmitted is whether SQLite is built without the code that loads extensions.
const extensionsOmitted = false
