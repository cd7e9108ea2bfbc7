package current

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// change is what a page did to a statement on a day: it brought it or took it. The first
// that brought it may not be known as a change, only as the first day on which it stood.
type change struct {
	day   int
	gone  bool
	known bool
}

// history is everything that a page did to one statement.
type history struct {
	claim   fact.Claim // without its times
	changes []change
}

// A day of the histories, and the last of them.
func dayOf(n int) string { return fmt.Sprintf("2024-01-%02d", n) }

const lastDay = 28

func oneOf[T any](random *rand.Rand, all ...T) T { return all[random.IntN(len(all))] }

// randomHistory is what a page did to a statement in some weeks.
func randomHistory(random *rand.Rand, n int) history {
	h := history{claim: fact.Claim{ID: fmt.Sprintf("p/%02d", n), Product: "p", Release: oneOf(random, "1", "2"), Technology: oneOf(random, "pg", "my"), Label: "label",
		Version: oneOf(random, "", "1", "2", "2.1", ">=2", "1.5", "3"), Citation: fact.Citation{Source: oneOf(random, "dated", "undated")},
		Status: oneOf(random, fact.StatusTested, fact.StatusTested, fact.StatusSupported, fact.StatusIncompatible, fact.StatusNotRecommended, fact.StatusPlanned)}}
	day := 1 + random.IntN(12)
	known := random.IntN(3) > 0
	for range 1 + random.IntN(5) {
		h.changes = append(h.changes, change{day, len(h.changes)%2 == 1, known || len(h.changes) > 0})
		if day += 1 + random.IntN(8); day > lastDay {
			break
		}
	}
	return h
}

// stated writes the history into a claim, as a catalogue has it.
func (h history) stated() fact.Claim {
	c := h.claim
	var terms []fact.Term
	for _, e := range h.changes {
		switch {
		case e.gone:
			last := &terms[len(terms)-1]
			last.Until, last.EndedBy = dayOf(e.day), "dated"
		case e.known:
			terms = append(terms, fact.Term{Since: dayOf(e.day), BroughtBy: "dated"})
		default:
			terms = append(terms, fact.Term{Since: dayOf(e.day)})
		}
	}
	c.Term, c.Earlier = terms[len(terms)-1], terms[:len(terms)-1]
	return c
}

// replayed is the claim as it stood on a day, made by doing one change after the other; it is
// nil where it did not. What is not known to have stood yet has a condition that nobody can meet.
func (h history) replayed(day int) *fact.Claim {
	var now *fact.Claim
	if first := h.changes[0]; !first.known {
		c := h.claim
		c.Since, c.When = dayOf(first.day), "not known to stand yet"
		now = &c
	}
	for _, e := range h.changes {
		if e.day > day {
			break
		}
		c := h.claim
		if now = &c; e.gone {
			now = nil
		} else {
			c.Since = dayOf(e.day)
		}
	}
	return now
}

// dated is the dataset of some claims.
func dated(claims []fact.Claim) *fact.Dataset {
	return &fact.Dataset{
		Kinds: []fact.Kind{{ID: "dbms", Name: "database", Plural: "databases"}},
		Technologies: []fact.Technology{
			{ID: "pg", Name: "PG", Kind: "dbms", Scheme: "dotted", Policies: []fact.Policy{{Within: "*", Note: "Minor releases stay compatible.", Citation: fact.Citation{Source: "dated"}}}},
			{ID: "my", Name: "My", Kind: "dbms", Scheme: "dotted"}},
		Products: []fact.Product{{ID: "p", Name: "P", Vendor: "V"}},
		Releases: []fact.Release{{Product: "p", Version: "1"}, {Product: "p", Version: "2"}},
		Sources: []fact.Source{{ID: "dated", Title: "Page", Authority: fact.Official, Date: dayOf(1)},
			{ID: "undated", Title: "Page", Authority: fact.Site, Undated: "nobody knows"}},
		Claims: claims,
	}
}

// TestPastAgainstReplay asks a server what was so on random days, by what random revisions of
// its record knew, and holds each answer against that of a matrix of the claims that a slow
// replay of the changes gives. FUZZ=100000 asks more.
func TestPastAgainstReplay(t *testing.T) {
	questions := 10_000
	if text := os.Getenv("FUZZ"); text != "" {
		questions, _ = strconv.Atoi(text)
	}
	random := rand.New(rand.NewPCG(19, 24))
	const worlds, revisions = 20, 4
	for range worlds {
		options := store.Options{Dir: t.TempDir(), Logger: quiet}
		record, err := store.Open(t.Context(), options)
		if err != nil {
			t.Fatal(err)
		}
		var knew [revisions][]history
		for revision := range knew {
			var claims []fact.Claim
			for n := range 2 + random.IntN(8) {
				h := randomHistory(random, n)
				knew[revision] = append(knew[revision], h)
				claims = append(claims, h.stated())
			}
			ds := dated(claims)
			if _, _, err := record.Apply(t.Context(), ds, store.Change{Owner: store.SeedOwner, SeedDigest: strconv.Itoa(revision)}); err != nil {
				t.Fatal(err)
			}
		}
		_ = record.Close()
		c := New(&kept{&recorded{options: options}}, nil, time.Now, quiet)
		if err := c.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		server, err := api.New(api.Options{Catalogue: c, Logger: quiet, ExpensiveWait: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		for range questions / worlds {
			revision, day := 1+random.IntN(revisions), 1+random.IntN(lastDay)
			asked := url.Values{"product": {"p"}, "release": {oneOf(random, "1", "2")}, "require": {oneOf(random, "tested", "compatible", "conditional")},
				"dbms": {oneOf(random, "pg", "my") + oneOf(random, "", " 1", " 2", " 2.1", " 2.2", " >=1.5", " 3", " 1.5")}}
			holdAgainst(t, server.Handler(), knew[revision-1], revision, day, asked)
		}
	}
}

// kept is an origin whose facts are what the record has, whatever files there are.
type kept struct{ *recorded }

func (k *kept) load(ctx context.Context, _ edition, _ bool) (*compat.Matrix, error) {
	record, err := store.Open(ctx, k.options)
	if err != nil {
		return nil, err
	}
	defer record.Close()
	ds, err := record.Dataset(ctx)
	if err != nil {
		return nil, err
	}
	return compat.Build(ds)
}

// holdAgainst asks a question, and the slow replay.
func holdAgainst(t *testing.T, server http.Handler, knew []history, revision, day int, asked url.Values) {
	t.Helper()
	var claims []fact.Claim
	for _, h := range knew {
		if c := h.replayed(day); c != nil {
			claims = append(claims, *c)
		}
	}
	m, err := compat.Build(dated(claims))
	if err != nil {
		t.Fatal(err)
	}
	require, _ := compat.ParseRequire(asked.Get("require"))
	today, _ := fact.ParseDay(dayOf(day))
	var want compat.Answer
	if err := m.Check(compat.Question{Product: "p", Release: asked.Get("release"), Require: require, Today: today,
		Components: []compat.Component{m.Resolve(compat.Asked{Kind: "dbms", Text: asked.Get("dbms")})}}, &want); err != nil {
		t.Fatal(err)
	}
	asked.Set("asOf", dayOf(day))
	asked.Set("known", strconv.Itoa(revision))
	w := httptest.NewRecorder()
	server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/v1/check?"+asked.Encode(), nil))
	if first := firstKnown(knew); day < first {
		if w.Code != http.StatusBadRequest {
			t.Fatalf("%s: %d for a day before %s, the first known", asked.Encode(), w.Code, dayOf(first))
		}
		return
	}
	var got struct {
		Verdict    fact.Verdict
		Pass       bool
		AsOf       string `json:"as_of"`
		Components []struct {
			Verdict fact.Verdict
			Match   fact.Match
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", asked.Encode(), w.Code, w.Body)
	}
	c := want.Components[0]
	if got.Verdict != want.Verdict || got.Pass != want.Pass || got.AsOf != dayOf(day) || got.Components[0].Verdict != c.Verdict || got.Components[0].Match != c.Match {
		t.Fatalf("%s: %+v, and the replay says %s, %s, pass %v of %+v", asked.Encode(), got, want.Verdict, c.Match, want.Pass, claims)
	}
}

// firstKnown is the first day that a history, or a source of it, has.
func firstKnown(knew []history) int {
	first := slices.MinFunc(knew, func(a, b history) int { return cmp.Compare(a.changes[0].day, b.changes[0].day) })
	return first.changes[0].day
}

// TestFollowerKnows follows a server: a revision that is not the newest comes from there, and
// what neither has is told. A folder of snapshots has the newest only.
func TestFollowerKnows(t *testing.T) {
	options := store.Options{Dir: t.TempDir(), Logger: quiet}
	record, err := store.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	for revision := range 2 {
		h := history{fact.Claim{ID: "p/1", Product: "p", Release: "1", Technology: "pg", Label: "PG", Version: strconv.Itoa(revision + 1), Status: fact.StatusTested,
			Citation: fact.Citation{Source: "dated"}}, []change{{day: 1, known: true}}}
		if _, _, err := record.Apply(t.Context(), dated([]fact.Claim{h.stated()}), store.Change{Owner: store.SeedOwner, SeedDigest: strconv.Itoa(revision)}); err != nil {
			t.Fatal(err)
		}
	}
	_ = record.Close()
	origin := New(&kept{&recorded{options: options}}, nil, time.Now, quiet)
	if err := origin.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Options{Catalogue: origin, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	host := httptest.NewServer(server.Handler())
	defer host.Close()
	from, err := Follow(host.URL, "test", nil)
	if err != nil {
		t.Fatal(err)
	}
	follower := New(from, nil, time.Now, quiet)
	if err := follower.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if m, err := follower.Known(t.Context(), question.Revision{Number: 1}); err != nil || m.Dataset().Revision != 1 || m.Dataset().Claims[0].Version != "1" {
		t.Errorf("revision 1 of the origin: %v, %v", m, err)
	}
	today := question.Revision{On: fact.DayOf(time.Now())}
	if m, err := follower.Known(t.Context(), today); err != nil || m.Dataset().Revision != 2 {
		t.Errorf("what was known at the end of today: %v, %v", m, err)
	}
	var told *fact.Error
	if _, err := origin.Known(t.Context(), question.Revision{On: 1}); !errors.As(err, &told) || told.Code != fact.CodeNotFound {
		t.Errorf("a day before the record: %v", err)
	}
	if _, err := follower.Known(t.Context(), question.Revision{Number: 9}); !errors.As(err, &told) || told.Code != fact.CodeNotFound || told.Field != "known" {
		t.Errorf("a revision that nobody has: %v", err)
	}
	host.Close()
	if _, err := follower.Known(t.Context(), question.Revision{Number: 1}); !errors.As(err, &told) || told.Code != fact.CodeUnavailable {
		t.Errorf("the origin is away: %v", err)
	}
}

// TestPermanent asks by an address with a day and a revision, and again months later: the
// answer is the same to the byte, also of what has no day at all.
func TestPermanent(t *testing.T) {
	options := store.Options{Dir: t.TempDir(), Logger: quiet}
	record, err := store.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	claims := []fact.Claim{{ID: "p/1", Product: "p", Release: "1", Technology: "pg", Label: "PG 1", Version: "1", Status: fact.StatusTested, Citation: fact.Citation{Source: "undated"}}}
	if _, _, err := record.Apply(t.Context(), dated(claims), store.Change{Owner: store.SeedOwner, SeedDigest: "1"}); err != nil {
		t.Fatal(err)
	}
	_ = record.Close()
	c := New(&kept{&recorded{options: options}}, nil, time.Now, quiet)
	if err := c.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	asked := fmt.Sprintf("/v1/check?product=p&release=1&dbms=pg+1&asOf=%s&known=1", fact.DayOf(time.Now()))
	ask := func(now time.Time) (int, string) {
		server, err := api.New(api.Options{Catalogue: c, Logger: quiet, Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, asked, nil))
		return w.Code, w.Body.String()
	}
	_, today := ask(time.Now())
	code, later := ask(time.Now().AddDate(0, 4, 0))
	if code != http.StatusOK || today != later || !strings.Contains(today, `"verdict":"tested"`) {
		t.Errorf("%d %s\nand later\n%s", code, today, later)
	}
}
