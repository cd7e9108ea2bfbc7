package compat_test

import "github.com/testedon/testedon/internal/sample"

// What the tests of several rooms share.
var (
	aging      = sample.Aging
	amount     = sample.Amount
	build      = sample.Build
	built      = sample.Built
	dayOf      = sample.DayOf
	errorWords = sample.ErrorWords
	grid       = sample.Grid
	on         = sample.On
	releaseOf  = sample.ReleaseOf
	planned    = sample.Planned
	small      = sample.Small
	upgraded   = sample.Upgraded
)
