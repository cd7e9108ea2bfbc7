// Package store is the record: a SQLite file, or a schema of a PostgreSQL database, that
// keeps every fact of a [fact.Dataset] with the revision that added it and the revision
// that withdrew it.
//
// # Facts
//
// A fact is kept as a document: its JSON, as its own tags write it, with noun,
// identifier, owner and the two revisions. What sorts of facts there are, and how they are
// written and read, is the business of [fact.Nouns]; nothing here knows one. The digest
// of a dataset hashes the documents as they are kept, in the order of their identifiers.
// A document with a member, or of a noun, that this program does not know is of a later
// version, and the record is refused: what is not understood may be what matters.
//
// # Revisions
//
// A revision is one change of the record by one owner, made in one
// transaction. Facts are written once; the only later change is that
// their revision of withdrawal is filled in. Nothing is deleted, so the record
// can be read as of any revision, and a reader that has settled on a revision
// number needs no lock: what later revisions write does not show.
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
// file of another program or of a newer schema is refused untouched. One of the schema
// before is brought up to date in one transaction, and reads as it did.
//
// # PostgreSQL
//
// The tables stand in the current schema of the connection, beside one, testedon_record,
// that says whose they are and has the schema number. A schema with tables of others alone
// is refused untouched, and so is a newer one. Whoever changes the record, or makes it, takes
// an advisory lock of its schema, so that any number of servers may start at once; each change
// is announced on the channel "testedon".
//
// The statements are the same for both. What differs is an engine: that of SQLite is in
// sqlite.go, connection.go, schema.go, upgrade.go, renew.go and error.go, that of PostgreSQL
// in postgres.go, postgres_error.go and address.go.
//
// # Damage
//
// SQLite does not notice every damage. What is read is held against the digest of
// its revision, and the revisions have to be without gaps; until that is
// done nothing is written, not even what a crash left in the log. [Renew] makes a
// damaged record anew.
package store
