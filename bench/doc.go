// Package bench measures what TestedOn promises about speed. TestTable prints one table of
// it beside the last one, which is last.tsv, and the benchmarks give single figures of it.
// RESULTS.md beside this file holds the goals and how to repeat them.
package bench
