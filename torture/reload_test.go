//go:build torture

package torture

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestReload is about facts that change while they are asked for.
func TestReload(t *testing.T) {
	first, second := truths(t)
	answers := number("ANSWERS", 1_000_000)
	t.Run("Record", func(t *testing.T) {
		swapped(t, "reload.record", answers/2, []string{"--data", t.TempDir()}, first, second)
	})
	t.Run("NoDisk", func(t *testing.T) { swapped(t, "reload.no disk", answers/2, []string{"--data", "none"}, first, second) })
	t.Run("Hundred", func(t *testing.T) { hundred(t, first, second) })
	t.Run("HalfWritten", func(t *testing.T) { halfWritten(t, first, second) })
}

// current is a link to one of two catalogues, which is moved at once.
type current struct{ path string }

func (c current) to(u *truth) error {
	if err := os.Symlink(u.folder, c.path+".new"); err != nil {
		return err
	}
	return os.Rename(c.path+".new", c.path)
}

// hup sends SIGHUP to a server alone.
func (s *server) hup() { _ = s.cmd.Process.Signal(syscall.SIGHUP) }

// swapped changes all facts as fast as a server takes them, while it is asked as fast as it
// answers. Each answer is that of the digest that it names.
func swapped(t *testing.T, name string, answers int, args []string, truths ...*truth) {
	link := current{filepath.Join(t.TempDir(), "current")}
	must(t, link.to(truths[0]))
	s := mustServe(t, append(args, "--catalogue", link.path, "--log-level", "error")...)
	asked := append([]question{questions[13], questions[10]}, questions[:6]...) // with a digest in each answer
	known := map[string]*truth{}
	for _, u := range truths {
		known[u.digest] = u
	}
	stop := make(chan struct{})
	var swaps durations
	var swapper sync.WaitGroup
	swapper.Go(func() {
		for i := 1; ; i++ {
			to := truths[i%len(truths)]
			if err := link.to(to); err != nil {
				t.Error(err)
				return
			}
			s.hup()
			start := time.Now()
			for {
				_, body, err := questions[13].ask(s.base)
				if err == nil && digestIn(body) == to.digest {
					break
				}
				if time.Since(start) > time.Minute {
					t.Errorf("the facts are not swapped: %s", last(s.log.String(), 600))
					return
				}
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
			swaps.add(time.Since(start))
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	const clients = 4
	var failed, mixed, answered atomic.Int64
	var of sync.Map
	start := time.Now()
	var all sync.WaitGroup
	for c := range clients {
		all.Go(func() {
			err := pipeline(strings.TrimPrefix(s.base, "http://"), append(asked[c:], asked[:c]...), answers/clients, 8, func(q question, status int, body []byte) error {
				answered.Add(1)
				body = plain(body)
				u := known[digestIn(body)]
				switch {
				case status != http.StatusOK || u == nil:
					failed.Add(1)
				case string(body) != string(u.answers[q]):
					mixed.Add(1)
					t.Logf("%s from %s: %.600s", q.target, u.digest, body)
				default:
					of.Store(u.digest, true)
				}
				return nil
			})
			if err != nil {
				failed.Add(1)
				t.Error(err)
			}
		})
	}
	all.Wait()
	took := time.Since(start)
	close(stop)
	swapper.Wait()
	seen := 0
	of.Range(func(any, any) bool { seen++; return true })
	figure(t, name, "%d answers in %v, %d failed, %d mixed; %d swaps under that load, each visible after: %s",
		answered.Load(), took.Round(time.Millisecond), failed.Load(), mixed.Load(), len(swaps.all), &swaps)
	if failed.Load()+mixed.Load() > 0 || seen != len(truths) || answered.Load() < int64(answers/clients*clients) {
		t.Errorf("%d failed, %d mixed, from %d catalogues", failed.Load(), mixed.Load(), seen)
	}
}

// hundred asks for a hundred reloads at once, several times, by signal and by the admin door.
func hundred(t *testing.T, first, second *truth) {
	link := current{filepath.Join(t.TempDir(), "current")}
	must(t, link.to(first))
	admin := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	s := mustServe(t, "--catalogue", link.path, "--data", t.TempDir(), "--admin-listen", admin, "--log-level", "error")
	clients := under(2, time.Millisecond, func(c, n int) error {
		return oneOf(s.base, questions[(c+n)%len(questions)], first, second)
	})
	var took durations
	var answers tally
	for round := range 4 {
		must(t, link.to([]*truth{second, first}[round%2]))
		var all sync.WaitGroup
		for range 100 {
			s.hup()
			all.Go(func() {
				start := time.Now()
				res, err := client.Post("http://"+admin+"/reload", "", nil)
				if err != nil {
					t.Error(err)
					return
				}
				res.Body.Close()
				answers.add(res.Status)
				took.add(time.Since(start))
			})
		}
		all.Wait()
		must(t, []*truth{second, first}[round%2].holdOne(s.base, everything))
	}
	clients.end()
	clients.clean(t)
	figure(t, "reload.hundred at once", "4 times 100 asked and 100 signals: %s; answered after: %s; meanwhile %s; %s", &answers, &took, clients, s.usage("http://"+admin))
	if answers.count("200 OK")+answers.count("204 No Content") != 400 {
		t.Errorf("reloads: %s", &answers)
	}
}

// halfWritten writes a catalogue over another one, file by file, while it is watched.
func halfWritten(t *testing.T, first, second *truth) {
	folder := filepath.Join(t.TempDir(), "catalogue")
	must(t, os.CopyFS(folder, os.DirFS(first.folder)))
	s := mustServe(t, "--catalogue", folder, "--watch", "--data", t.TempDir(), "--log-level", "warn")
	var between atomic.Int64
	clients := under(2, time.Millisecond, func(c, n int) error {
		q := questions[(c+n)%len(questions)]
		err := oneOf(s.base, q, first, second)
		if err != nil {
			between.Add(1)
		}
		return err
	})
	random := rand.New(rand.NewPCG(10, 16))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	for round := range number("WRITES", 3) {
		from, to := first, second
		if round%2 == 1 {
			from, to = second, first
		}
		changed := differing(t, from.folder, to.folder)
		random.Shuffle(len(changed), func(i, j int) { changed[i], changed[j] = changed[j], changed[i] })
		long := random.IntN(len(changed))
		for i, name := range changed {
			data, err := os.ReadFile(filepath.Join(to.folder, name))
			must(t, err)
			path := filepath.Join(folder, name)
			half := random.IntN(len(data)/2) + 1
			must(t, os.WriteFile(path, data[:half], 0o644))
			if i == long { // a writer that hangs, with a file cut short: what is broken is not taken
				must(t, os.WriteFile(path, append(data[:half:half], "\n  ]:"...), 0o644))
				await(t, "readiness tells of the broken file", 30*time.Second, func() bool {
					r, status, err := s.readiness()
					return err == nil && status == 200 && len(r.Stale) > 0
				})
				must(t, from.hold(s.base))
			}
			time.Sleep(time.Duration(random.IntN(30)) * time.Millisecond)
			must(t, os.WriteFile(path, data, 0o644))
			if ctx.Err() != nil {
				t.Fatal("it takes too long")
			}
		}
		await(t, "the whole folder answers", time.Minute, func() bool { return to.holdOne(s.base, questions[15]) == nil })
		must(t, to.hold(s.base))
	}
	clients.end()
	clients.clean(t)
	figure(t, "reload.half written", "%d times %d files in random order, in halves, with pauses, one of them broken for seconds: %s",
		number("WRITES", 3), len(differing(t, first.folder, second.folder)), clients)
}

// differing names the files that differ between two folders of the same files.
func differing(t testing.TB, from, to string) (names []string) {
	t.Helper()
	must(t, filepath.WalkDir(to, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(to, path)
		if err != nil {
			return err
		}
		is, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		was, err := os.ReadFile(filepath.Join(from, name))
		if string(was) != string(is) {
			names = append(names, name)
		}
		return err
	}))
	return names
}
