// Package bench measures what TestedOn promises about speed: all of it are
// benchmarks. RESULTS.md beside this file holds the figures and how to repeat them.
package bench
