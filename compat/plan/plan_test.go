package plan_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/testedon/testedon/compat/plan"
	"github.com/testedon/testedon/internal/sample"
)

func TestTestPlan(t *testing.T) {
	m := sample.Build(t, sample.Upgraded())
	for _, c := range []struct {
		q    plan.Question
		want string
	}{
		{plan.Question{Release: sample.ReleaseOf(t, m, "shop", "3.0"), Strategy: plan.Each},
			"Alpha Linux 2 + New KV 5\nBeta Linux 1 + New KV 6.0\nAlpha Linux 2 + New KV 7.1"},
		{plan.Question{Release: sample.ReleaseOf(t, m, "shop", "3.0"), Strategy: plan.All},
			"Alpha Linux 2 + New KV 5\nAlpha Linux 2 + New KV 6.0\nAlpha Linux 2 + New KV 7.1\nBeta Linux 1 + New KV 5\nBeta Linux 1 + New KV 6.0\nBeta Linux 1 + New KV 7.1"},
		{plan.Question{Release: sample.ReleaseOf(t, m, "shop", "3.0"), Strategy: plan.Pairwise, Kinds: []string{"kv"}},
			"New KV 5\nNew KV 6.0\nNew KV 7.1"},
		{plan.Question{Release: sample.ReleaseOf(t, m, "shop", "10.0"), Strategy: plan.All}, ""},
		{plan.Question{Release: sample.ReleaseOf(t, m, "shop", "10.0"), Strategy: plan.Pairwise}, ""},
		{plan.Question{Release: sample.ReleaseOf(t, m, "shop", "3.0"), Strategy: "some"}, "error strategy all,pairwise,each"},
		{plan.Question{Release: sample.ReleaseOf(t, m, "shop", "3.0"), Strategy: "each", Kinds: []string{"os", "jdk"}}, "error kind os,cache"},
	} {
		if _, got := sample.Planned(t, c.q); got != c.want {
			t.Errorf("%+v:\n%s\nwant\n%s", c.q, got, c.want)
		}
	}
}

// Whatever the sizes: a pairwise plan has every two values of different kinds
// together, one of each kind in every row, fewer rows than all combinations, and
// is the same each time; a plan of each value has them all.
func TestPlansCover(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	for range 60 {
		sizes := make([]int, 1+random.IntN(6))
		for i := range sizes {
			sizes[i] = 1 + random.IntN(7)
		}
		m := sample.Build(t, sample.Grid(sizes))
		q := plan.Question{Release: sample.ReleaseOf(t, m, "p", "1"), Strategy: plan.Pairwise}
		p, text := sample.Planned(t, q)
		if _, again := sample.Planned(t, q); again != text {
			t.Errorf("%v: two plans differ", sizes)
		}
		checkPairs(t, sizes, p)
		q.Strategy = plan.Each
		p, _ = sample.Planned(t, q)
		checkValues(t, sizes, p)
	}
}

func checkPairs(t *testing.T, sizes []int, p *plan.Plan) {
	t.Helper()
	seen := map[string]bool{}
	for _, row := range p.Environments {
		if len(row) != len(sizes) {
			t.Fatalf("%v: a row of %d values", sizes, len(row))
		}
		for i, a := range row {
			for _, b := range row[i+1:] {
				seen[a.ID+" "+b.ID] = true
			}
		}
	}
	want, all, most := 0, 1, slices.Clone(sizes)
	for i, n := range sizes {
		all *= n
		for _, o := range sizes[i+1:] {
			want += n * o
		}
	}
	slices.Sort(most)
	least := most[len(most)-1]
	if len(sizes) > 1 {
		least *= most[len(most)-2]
	}
	if len(seen) != want || len(p.Environments) > all || len(p.Environments) < least {
		t.Errorf("%v: %d of %d pairs in %d rows; %d at least, %d at most", sizes, len(seen), want, len(p.Environments), least, all)
	}
}

func checkValues(t *testing.T, sizes []int, p *plan.Plan) {
	t.Helper()
	seen, want, rows := map[string]bool{}, 0, 0
	for _, row := range p.Environments {
		for _, l := range row {
			seen[l.ID] = true
		}
	}
	for _, n := range sizes {
		want, rows = want+n, max(rows, n)
	}
	if len(seen) != want || len(p.Environments) != rows {
		t.Errorf("%v: %d of %d values in %d rows", sizes, len(seen), want, len(p.Environments))
	}
}

// A plan that nobody could run is refused, with what to do instead.
func TestPlanTooLong(t *testing.T) {
	m := sample.Build(t, sample.Grid([]int{22, 22, 22}))
	_, err := plan.New(plan.Question{Release: sample.ReleaseOf(t, m, "p", "1"), Strategy: plan.All})
	if got := sample.ErrorWords(err); got != "error strategy " {
		t.Errorf("%v", err)
	}
	if _, err := plan.New(plan.Question{Release: sample.ReleaseOf(t, m, "p", "1"), Strategy: plan.Pairwise}); err != nil {
		t.Error(err)
	}
}

func TestPlanSummary(t *testing.T) {
	for strategy, want := range map[plan.Strategy]string{
		plan.All:      "6 environments are every combination of 2 k00s and 3 k01 that P 1 lists.",
		plan.Pairwise: "6 environments cover every pair of values at least once, of 2 k00s and 3 k01 that P 1 lists; all combinations would be 6.",
		plan.Each:     "3 environments cover every value at least once, of 2 k00s and 3 k01 that P 1 lists; all combinations would be 6.",
	} {
		ds := sample.Grid([]int{2, 3})
		ds.Kinds[0].Plural = "k00s"
		p, _ := sample.Planned(t, plan.Question{Release: sample.ReleaseOf(t, sample.Build(t, ds), "p", "1"), Strategy: strategy})
		if got := p.Summary(); got != want {
			t.Errorf("%s: %s", strategy, got)
		}
	}
	one, _ := sample.Planned(t, plan.Question{Release: sample.ReleaseOf(t, sample.Build(t, sample.Grid([]int{1})), "p", "1"), Strategy: plan.All})
	if got := one.Summary(); got != "1 environment has every combination of 1 k00 that P 1 lists." {
		t.Error(got)
	}
	none, _ := sample.Planned(t, plan.Question{Release: sample.ReleaseOf(t, sample.Build(t, sample.Upgraded()), "shop", "10.0"), Strategy: plan.All})
	if got := none.Summary(); got != "Shop 10.0 lists no environment to test with." || none.Combinations != 0 {
		t.Errorf("%s %d", got, none.Combinations)
	}
}

// So many combinations that no number holds them are told as the most that every
// program reads exactly.
func TestPlanCombinations(t *testing.T) {
	sizes := slices.Repeat([]int{9}, 20)
	p, _ := sample.Planned(t, plan.Question{Release: sample.ReleaseOf(t, sample.Build(t, sample.Grid(sizes)), "p", "1"), Strategy: plan.Each})
	if p.Combinations != 1<<53-1 {
		t.Errorf("%d combinations", p.Combinations)
	}
	p, _ = sample.Planned(t, plan.Question{Release: sample.ReleaseOf(t, sample.Build(t, sample.Grid(sizes[:3])), "p", "1"), Strategy: plan.Pairwise})
	if p.Combinations != 729 {
		t.Errorf("%d combinations", p.Combinations)
	}
}
