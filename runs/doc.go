// Package runs reads the reports of a test run, JUnit, CTRF and in-toto test results, and
// makes one recorded configuration of them. It is pure: reports come in as bytes.
//
// A report is told by its content. [Read] refuses what is cut short, contradicts itself or
// is beyond the bounds, with the line where it does. [Claim.Record] joins the reports of one
// run: it finds the environment in their properties, holds that against what is claimed, and
// gives the run one status.
//
// # Statuses
//
// They are those of KCIDB, the database of kernel tests, in its order: of several the first
// of FAIL, ERROR, MISS, PASS, DONE, SKIP is that of all. A test that failed for want of a
// network, a disk or a server is a MISS: see infrastructure.txt. A run that is FAIL failed.
// One that is ERROR or MISS failed as well, but names a culprit, so that it counts neither
// as failed nor as passed. One that is DONE or SKIP says nothing, and is not recorded.
//
// # One run, one record
//
// A run is identified by what its reports say, whatever their order and layout, so that
// the same reports give the same record however often they are read.
package runs
