// Package store is the record: a SQLite file that keeps every fact of a
// [fact.Dataset] with the revision that added it and the revision that
// withdrew it. It is the only package that knows database/sql.
//
// # Revisions
//
// A revision is one change of the record by one owner, made in one
// transaction. Rows of facts are written once; the only later change is that
// their revision of withdrawal is filled in. Nothing is deleted, so the record
// can be read as of any revision, and a reader that has settled on a revision
// number needs no lock and no shared transaction: what later revisions write
// does not show.
//
// # Owners
//
// Every fact has an owner: "seed" for the catalogue the program carries, any
// other name for a curator. [Store.Apply] touches the facts of one owner only.
// Owners are layers. Where two own a fact of the same identifier, the
// curator's stands and the seed's waits beneath it, to show again when the
// curator's is withdrawn; between two curators the one written last stands.
//
// # Files
//
// The data folder holds testedon.db and, while it is open, SQLite's -wal and
// -shm beside it. The file carries an application id and a schema number; a
// file of another program or of a newer schema is refused untouched.
//
// # Damage
//
// SQLite does not notice every damage. What is read is held against the digest of
// its revision, and the rows and revisions have to be without gaps; until that is
// done nothing is written, not even what a crash left in the log. [Renew] makes a
// damaged record anew.
package store
