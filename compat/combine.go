package compat

// The ways to combine the values of several dimensions, which are given by how many
// each has. A row has the number of a value for each; false means that there would
// be more than MaxEnvironments rows.

// everyCombination counts through all values, the last dimension fastest.
func everyCombination(sizes []int) ([][]int, bool) {
	total := 1
	for _, n := range sizes {
		if total *= n; total > MaxEnvironments {
			return nil, false
		}
	}
	if len(sizes) == 0 {
		return nil, true
	}
	rows := make([][]int, total)
	for i := range rows {
		rows[i] = make([]int, len(sizes))
		rest := i
		for d := len(sizes) - 1; d >= 0; d-- {
			rows[i][d], rest = rest%sizes[d], rest/sizes[d]
		}
	}
	return rows, true
}

// eachValue takes the values of all dimensions side by side, the shorter ones again
// from their beginning.
func eachValue(sizes []int) ([][]int, bool) {
	longest := 0
	for _, n := range sizes {
		longest = max(longest, n)
	}
	rows := make([][]int, longest)
	for i := range rows {
		rows[i] = make([]int, len(sizes))
		for d, n := range sizes {
			rows[i][d] = i % n
		}
	}
	return rows, longest <= MaxEnvironments
}

// pairwise covers every two values of different dimensions with few rows. Each
// row begins with the first pair that is not covered yet, and takes in every
// other dimension the value that covers the most further pairs; the first of
// several. It is the greedy way of AETG (Cohen, Dalal, Fredman, Patton: The AETG
// System, IEEE Transactions on Software Engineering 23/7, 1997), without its
// random choices.
func pairwise(sizes []int) ([][]int, bool) {
	if len(sizes) < 2 {
		return eachValue(sizes)
	}
	c := newCover(sizes)
	rows := [][]int{}
	for {
		a, b, found := c.next()
		if !found {
			return rows, true
		}
		if len(rows) == MaxEnvironments {
			return nil, false
		}
		rows = append(rows, c.row(a, b))
	}
}

// cover tells which pairs of values are still to be covered. Values of all
// dimensions are numbered through.
type cover struct {
	sizes []int
	first []int    // the number of a dimension's first value
	open  [][]bool // by two values, the one of the earlier dimension first
	at    [2]int   // where to look for the next open pair
}

func newCover(sizes []int) *cover {
	c := &cover{sizes: sizes}
	total := 0
	for _, n := range sizes {
		c.first = append(c.first, total)
		total += n
	}
	c.open = make([][]bool, total)
	for d, n := range sizes {
		for value := range n {
			c.open[c.first[d]+value] = make([]bool, total)
			for other := c.first[d] + n; other < total; other++ {
				c.open[c.first[d]+value][other] = true
			}
		}
	}
	return c
}

// next gives the first pair that is not covered.
func (c *cover) next() (a, b int, found bool) {
	for a, b = c.at[0], c.at[1]; a < len(c.open); a, b = a+1, 0 {
		for ; b < len(c.open); b++ {
			if c.open[a][b] {
				c.at = [2]int{a, b}
				return a, b, true
			}
		}
	}
	return 0, 0, false
}

// row makes a row that has the two values, and covers its pairs.
func (c *cover) row(a, b int) []int {
	row := make([]int, len(c.sizes)) // numbers of values, for now
	for d := range row {
		row[d] = -1
	}
	row[c.dimension(a)], row[c.dimension(b)] = a, b
	for d := range row {
		if row[d] < 0 {
			row[d] = c.best(row, d)
		}
	}
	for i, one := range row {
		for _, other := range row[i+1:] {
			c.open[one][other] = false
		}
	}
	for d := range row {
		row[d] -= c.first[d]
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

// best is the value of a dimension that covers the most pairs with those chosen.
func (c *cover) best(row []int, d int) int {
	best, most := c.first[d], -1
	for value := c.first[d]; value < c.first[d]+c.sizes[d]; value++ {
		covered := 0
		for _, other := range row {
			if other >= 0 && c.open[min(value, other)][max(value, other)] {
				covered++
			}
		}
		if covered > most {
			best, most = value, covered
		}
	}
	return best
}
