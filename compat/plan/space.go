package plan

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/order"
)

// What is looked for is bounded: how many steps it takes to count combinations, and how
// many environments are judged before one is given up.
const (
	maxSteps  = 100 * MaxEnvironments
	maxJudged = 100
)

// maxCombinations is the most that are counted: what every program reads exactly.
const maxCombinations = 1<<53 - 1

// space is the values of a plan, numbered through all dimensions, and which two of them do
// not go together. A row has the number of a value for each dimension; -1 where none is taken.
type space struct {
	release    *compat.Release
	values     []*compat.Listing
	dimension  []int   // of a value
	dimensions [][]int // their values
	apart      [][]bool
	interacts  bool // components bear on each other: not every row passes
	judged     int
	answer     compat.Answer
}

// newSpace numbers the values of a plan, without those that no environment can have: these
// are left out of the plan.
func newSpace(p *Plan) *space {
	s := &space{release: p.Release, interacts: p.Release.Interacts()}
	p.Dimensions = slices.DeleteFunc(p.Dimensions, func(d Dimension) bool { return len(d.Values) == 0 })
	for d, one := range p.Dimensions {
		s.dimensions = append(s.dimensions, nil)
		for _, l := range one.Values {
			s.dimensions[d] = append(s.dimensions[d], len(s.values))
			s.values, s.dimension = append(s.values, l), append(s.dimension, d)
		}
	}
	s.part()
	if !s.interacts {
		return s
	}
	dropped := false
	for d := range p.Dimensions {
		kept := slices.DeleteFunc(slices.Clone(s.dimensions[d]), func(v int) bool { return !s.complete(s.row(v), s.inOrder) })
		dropped = dropped || len(kept) < len(s.dimensions[d])
		p.Dimensions[d].Values = nil
		for _, v := range kept {
			p.Dimensions[d].Values = append(p.Dimensions[d].Values, s.values[v])
		}
	}
	if dropped {
		return newSpace(p)
	}
	return s
}

// part finds the pairs of values that do not go together: an environment of the two is
// worse than what is stated of each, or no environment that has them passes.
func (s *space) part() {
	alone := make([]int, len(s.values))
	for range s.values {
		s.apart = append(s.apart, make([]bool, len(s.values)))
	}
	for v := 0; s.interacts && v < len(s.values); v++ {
		alone[v] = s.judge(v)
		for w := range v {
			if s.dimension[v] == s.dimension[w] {
				continue
			}
			both := s.judge(v, w)
			apart := both > max(alone[v], alone[w]) || both > Bar.Rank() && !s.complete(s.row(v, w), s.inOrder)
			s.apart[v][w], s.apart[w][v] = apart, apart
		}
	}
}

// judge is the rank of the verdict for an environment; the best where all of it is assumed.
func (s *space) judge(row ...int) int {
	components := make([]compat.Component, len(row))
	for i, v := range row {
		components[i] = s.values[v].Component()
	}
	s.release.Assess(compat.Question{Components: components}, &s.answer)
	if len(s.answer.Components) == 0 {
		return 0
	}
	return s.answer.Verdict.Rank()
}

// runs reports whether an environment passes at the bar of a plan.
func (s *space) runs(row []int) bool { return !s.interacts || s.judge(row...) <= Bar.Rank() }

// row is one with some values alone.
func (s *space) row(values ...int) []int {
	row := slices.Repeat([]int{-1}, len(s.dimensions))
	for _, v := range values {
		row[s.dimension[v]] = v
	}
	return row
}

// goes reports whether a value goes with those of a row.
func (s *space) goes(row []int, value int) bool {
	return !slices.ContainsFunc(row, func(taken int) bool { return taken >= 0 && s.apart[value][taken] })
}

// inOrder gives the values of a dimension.
func (s *space) inOrder(_ []int, d int) []int { return s.dimensions[d] }

// complete gives each dimension of a row that has none yet the first value, in an order,
// with which the row can become an environment that passes; false where there is none.
func (s *space) complete(row []int, order func(row []int, d int) []int) bool {
	s.judged = 0
	return s.fill(row, order)
}

func (s *space) fill(row []int, order func(row []int, d int) []int) bool {
	d := slices.Index(row, -1)
	if d < 0 {
		s.judged++
		return s.runs(row)
	}
	for _, value := range order(row, d) {
		if s.judged < maxJudged && s.goes(row, value) {
			if row[d] = value; s.fill(row, order) {
				return true
			}
			row[d] = -1
		}
	}
	return false
}

// each visits the rows of some dimensions, the last one fastest, until visit says no or
// it takes too many steps; then it is false.
func (s *space) each(dimensions []int, visit func(row []int) bool) bool {
	steps := 0
	var visitFrom func(row []int) bool
	visitFrom = func(row []int) bool {
		if len(row) == len(dimensions) {
			return visit(row)
		}
		for _, value := range s.dimensions[dimensions[len(row)]] {
			if steps++; steps > maxSteps || s.goes(row, value) && !visitFrom(append(row, value)) {
				return false
			}
		}
		return true
	}
	return visitFrom(nil)
}

// combinations counts all rows: those of the dimensions of which some values do not go
// together one by one, where that does not take too long, times the values of the others.
func (s *space) combinations() int64 {
	var bound []int
	free := make([]bool, len(s.dimensions))
	for d, values := range s.dimensions {
		if free[d] = !slices.ContainsFunc(values, func(v int) bool { return slices.Contains(s.apart[v], true) }); !free[d] {
			bound = append(bound, d)
		}
	}
	total := int64(0)
	if !s.each(bound, func([]int) bool { total++; return true }) {
		total, free = 1, slices.Repeat([]bool{true}, len(free))
	}
	for d, values := range s.dimensions {
		if n := int64(len(values)); free[d] && total > maxCombinations/n {
			return maxCombinations
		} else if free[d] {
			total *= n
		}
	}
	return total
}

// rows are those of a strategy; false where there are too many.
func (s *space) rows(by Strategy) ([][]int, bool) {
	if by == All {
		return s.every()
	}
	return s.cover(by == Pairwise && len(s.dimensions) > 1)
}

// every counts through all rows that pass; false where there are too many.
func (s *space) every() ([][]int, bool) {
	all := make([]int, len(s.dimensions))
	for d := range all {
		all[d] = d
	}
	rows := [][]int{}
	ok := s.each(all, func(row []int) bool {
		rows = append(rows, slices.Clone(row))
		return len(rows) <= MaxEnvironments
	})
	return slices.DeleteFunc(rows, func(row []int) bool { return !s.runs(row) }), ok
}

// cover has every value in some row or, for pairs, every two values of different
// dimensions that go together, with few rows; false where there are too many. Each row
// begins with the first that is not covered yet, and takes in every other dimension the
// value that covers the most: the greedy way of AETG (Cohen, Dalal, Fredman, Patton: The
// AETG System, IEEE Transactions on Software Engineering 23/7, 1997), without its random
// choices.
func (s *space) cover(pairs bool) ([][]int, bool) {
	left, rows := s.uncovered(pairs), [][]int{}
	for a := range left {
		for b := a; b < len(left); b++ {
			if !left[a][b] {
				continue
			}
			left[a][b] = false
			row := s.row(a, b)
			if !s.complete(row, func(row []int, d int) []int { return s.byGain(row, d, left, pairs, len(rows)) }) {
				continue
			}
			if len(rows) == MaxEnvironments {
				return nil, false
			}
			rows = append(rows, row)
			for _, v := range row {
				for _, w := range row {
					left[v][w] = false
				}
			}
		}
	}
	return rows, true
}

// uncovered is what no row covers yet: by two values, the lower first; by a value alone, it twice.
func (s *space) uncovered(pairs bool) [][]bool {
	left := make([][]bool, len(s.values))
	for v := range left {
		left[v] = make([]bool, len(s.values))
		left[v][v] = !pairs
		for w := v + 1; pairs && w < len(left); w++ {
			left[v][w] = s.dimension[v] != s.dimension[w] && !s.apart[v][w]
		}
	}
	return left
}

// byGain gives the values of a dimension by how much is covered with each, the most first. Of
// those that cover as much the first goes first for pairs, and so it does in a dimension of which
// something is taken for granted; else they take turns, row by row.
func (s *space) byGain(row []int, d int, left [][]bool, pairs bool, rows int) []int {
	all := slices.Clone(s.dimensions[d])
	if !pairs && !s.release.Grants(s.values[all[0]].Tech) {
		turn := rows % len(all)
		all = append(all[turn:], all[:turn]...)
	}
	gain := map[int]int{}
	for _, v := range all {
		for _, w := range append(row, v) {
			if w >= 0 && left[min(v, w)][max(v, w)] {
				gain[v]++
			}
		}
	}
	order.Stable(all, func(a, b int) int { return cmp.Compare(gain[b], gain[a]) })
	return all
}
