// Package doctor examines the machine it runs on: which operating system,
// architecture and Java it has, and which version a database has that is named
// to it. It reads the files and runs the commands that tell, hands the texts to
// [detect.Read], and says of each fact where it comes from, and of each it could
// not find the reason.
//
// It only looks: no command goes through a shell, each has a limit of time and a
// small environment, and a database is asked for its version in a transaction
// that is read-only.
package doctor
