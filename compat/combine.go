package compat

import "slices"

// maxSteps bounds how long rows of values that go together are looked for.
const maxSteps = 100 * MaxEnvironments

// space is the values of several dimensions, by how many each has, and which of them do
// not go together. A row has the number of a value for each dimension.
type space struct {
	sizes []int
	usual []bool   // by dimension: once all its values were taken, the first stands in
	first []int    // the number of a dimension's first value, where all are numbered through
	apart [][]bool // by two such numbers, whether they do not go together; nil where all do
	steps int
}

func newSpace(sizes []int) *space {
	s := &space{sizes: sizes, usual: make([]bool, len(sizes)), first: make([]int, len(sizes))}
	for d := 1; d < len(sizes); d++ {
		s.first[d] = s.first[d-1] + sizes[d-1]
	}
	return s
}

// total is how many values there are.
func (s *space) total() int {
	total := 0
	for _, n := range s.sizes {
		total += n
	}
	return total
}

// bound parts the dimensions that have values that do not go together from the others,
// of which it gives the sizes.
func (s *space) bound() (*space, []int) {
	var dimensions, sizes []int
	for d, n := range s.sizes {
		if s.binds(d) {
			dimensions = append(dimensions, d)
		} else {
			sizes = append(sizes, n)
		}
	}
	part := newSpace(nil)
	if len(dimensions) == 0 {
		return part, sizes
	}
	var numbers, of []int
	for _, d := range dimensions {
		of = append(of, s.sizes[d])
		for value := range s.sizes[d] {
			numbers = append(numbers, s.first[d]+value)
		}
	}
	part = newSpace(of)
	for _, one := range numbers {
		row := make([]bool, len(numbers))
		for i, other := range numbers {
			row[i] = s.apart[one][other]
		}
		part.apart = append(part.apart, row)
	}
	return part, sizes
}

// binds reports whether some value of a dimension does not go with one of another.
func (s *space) binds(d int) bool {
	for value := range s.sizes[d] {
		if s.apart != nil && slices.Contains(s.apart[s.first[d]+value], true) {
			return true
		}
	}
	return false
}

// goes reports whether a value goes with those of a row; -1 stands for none.
func (s *space) goes(row []int, d, value int) bool {
	if s.apart == nil {
		return true
	}
	for other, taken := range row {
		if other != d && taken >= 0 && s.apart[s.first[d]+value][s.first[other]+taken] {
			return false
		}
	}
	return true
}

// each visits the rows that begin with some values, the last dimension fastest, until
// visit says no or it takes too long; then it is false.
func (s *space) each(row []int, visit func([]int) bool) bool {
	d := len(row)
	if d == len(s.sizes) {
		return visit(row)
	}
	for value := range s.sizes[d] {
		if s.steps++; s.steps > maxSteps {
			return false
		}
		if s.goes(row, d, value) && !s.each(append(row, value), visit) {
			return false
		}
	}
	return true
}

// complete gives each dimension of a row that has none yet the first value, in an order,
// that goes with the others; false where there is none.
func (s *space) complete(row []int, order func(row []int, d int) []int) bool {
	d := slices.Index(row, -1)
	if d < 0 {
		return true
	}
	for _, value := range order(row, d) {
		if !s.goes(row, d, value) {
			continue
		}
		if row[d] = value; s.complete(row, order) {
			return true
		}
		row[d] = -1
	}
	return false
}

// open is a row without values but for one.
func (s *space) open(d, value int) []int {
	row := slices.Repeat([]int{-1}, len(s.sizes))
	row[d] = value
	return row
}

// The ways to combine the values of a space. False means that there would be more than
// MaxEnvironments rows, or that looking for them takes too long.

// everyCombination counts through all values, the last dimension fastest.
func everyCombination(s *space) ([][]int, bool) {
	if len(s.sizes) == 0 {
		return nil, true
	}
	rows := [][]int{}
	ok := s.each(nil, func(row []int) bool {
		rows = append(rows, slices.Clone(row))
		return len(rows) <= MaxEnvironments
	})
	return rows, ok
}

// eachValue takes the values of all dimensions side by side, the shorter ones again
// from their beginning, or their usual value.
func eachValue(s *space) ([][]int, bool) {
	left := slices.Repeat([]bool{true}, s.total())
	rows := [][]int{}
	for d, n := range s.sizes {
		for value := range n {
			row := s.open(d, value)
			if !left[s.first[d]+value] || !s.complete(row, func(_ []int, d int) []int { return s.unlike(left, d, len(rows)) }) {
				continue
			}
			if len(rows) == MaxEnvironments {
				return nil, false
			}
			for d, value := range row {
				left[s.first[d]+value] = false
			}
			rows = append(rows, row)
		}
	}
	return rows, true
}

// unlike gives the values of a dimension, those that were not taken first, then from
// where the others begin again.
func (s *space) unlike(left []bool, d, row int) []int {
	var all, taken []int
	start := row % s.sizes[d]
	if s.usual[d] {
		start = 0
	}
	for i := range s.sizes[d] {
		if left[s.first[d]+i] {
			all = append(all, i)
		}
		if again := (start + i) % s.sizes[d]; !left[s.first[d]+again] {
			taken = append(taken, again)
		}
	}
	return append(all, taken...)
}

// pairwise covers every two values of different dimensions that go together with few
// rows. Each row begins with the first pair that is not covered yet, and takes in every
// other dimension the value that covers the most further pairs; the first of
// several. It is the greedy way of AETG (Cohen, Dalal, Fredman, Patton: The AETG
// System, IEEE Transactions on Software Engineering 23/7, 1997), without its
// random choices.
func pairwise(s *space) ([][]int, bool) {
	if len(s.sizes) < 2 {
		return eachValue(s)
	}
	c := newCover(s)
	rows := [][]int{}
	for {
		a, b, found := c.next()
		if !found {
			return rows, true
		}
		if len(rows) == MaxEnvironments {
			return nil, false
		}
		if row := c.row(a, b); row != nil {
			rows = append(rows, row)
		}
	}
}

// cover tells which pairs of values are still to be covered. Values of all
// dimensions are numbered through.
type cover struct {
	*space
	left [][]bool // by two values, the one of the earlier dimension first
	at   [2]int   // where to look for the next pair
}

func newCover(s *space) *cover {
	c := &cover{space: s}
	total := s.total()
	c.left = make([][]bool, total)
	for d, n := range s.sizes {
		for value := range n {
			one := s.first[d] + value
			c.left[one] = make([]bool, total)
			for other := s.first[d] + n; other < total; other++ {
				c.left[one][other] = s.apart == nil || !s.apart[one][other]
			}
		}
	}
	return c
}

// next gives the first pair that is not covered.
func (c *cover) next() (a, b int, found bool) {
	for a, b = c.at[0], c.at[1]; a < len(c.left); a, b = a+1, 0 {
		for ; b < len(c.left); b++ {
			if c.left[a][b] {
				c.at = [2]int{a, b}
				return a, b, true
			}
		}
	}
	return 0, 0, false
}

// row makes a row that has the two values, and covers its pairs; nil where there is
// none.
func (c *cover) row(a, b int) []int {
	c.left[a][b] = false
	d, e := c.dimension(a), c.dimension(b)
	row := c.open(d, a-c.first[d])
	row[e] = b - c.first[e]
	if !c.complete(row, c.best) {
		return nil
	}
	for d, one := range row {
		for e := d + 1; e < len(row); e++ {
			c.left[c.first[d]+one][c.first[e]+row[e]] = false
		}
	}
	return row
}

func (c *cover) dimension(value int) int {
	d := len(c.first) - 1
	for c.first[d] > value {
		d--
	}
	return d
}

// best gives the values of a dimension, those that cover the most pairs with a row first.
func (c *cover) best(row []int, d int) []int {
	covered := make([]int, c.sizes[d])
	all := make([]int, c.sizes[d])
	for value := range all {
		all[value] = value
		for e, taken := range row {
			one, other := c.first[d]+value, c.first[e]+taken
			if taken >= 0 && c.left[min(one, other)][max(one, other)] {
				covered[value]++
			}
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return covered[b] - covered[a] })
	return all
}
