package version

import (
	"cmp"
	"strconv"
)

// unreleasedYear reads a year after the first of the labels that is no label itself, alone.
// Between two of them, as "2021" of Windows Server, there is no such release, but pages
// print it; after the last one it may be that of a release not known yet. It means that year
// alone, which is no version of any series.
func (s *Scheme) unreleasedYear(text string) (Range, bool) {
	if len(text) > maxText {
		return Range{}, false
	}
	year, ok := yearOf(trimNoise(tidy(text), s.noise))
	if !ok {
		return Range{}, false
	}
	first, _ := s.years()
	return prefix(year), first != 0 && year > first
}

// Unreleased is the versions that years are read as in which nothing was released: they can
// be on a page, and on no machine, as what is released in a year has a number of its own
// below.
func (s *Scheme) Unreleased() Range {
	first, last := s.years()
	if first == 0 {
		return Range{}
	}
	return between(bound{first}, bound{last + 1})
}

// years gives the first and the last label that is a year; 0 where none is.
func (s *Scheme) years() (first, last uint64) {
	for label := range s.names {
		if year, ok := yearOf(label); ok {
			first, last = min(year, cmp.Or(first, year)), max(year, last)
		}
	}
	return first, last
}

// yearOf reads four digits that are a year of our time.
func yearOf(text string) (uint64, bool) {
	if len(text) != 4 {
		return 0, false
	}
	year, err := strconv.ParseUint(text, 10, 64)
	return year, err == nil && year >= 1990 && year < 2100
}
