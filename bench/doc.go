// Package bench measures what TestedOn promises about speed, and makes the
// synthetic data for it. RESULTS.md beside this file holds the figures and how to
// repeat them. Nothing of the product uses it.
package bench
