//go:build torture

package torture

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestReplica is about servers that follow another one.
func TestReplica(t *testing.T) {
	first, second := truths(t)
	t.Run("CutOff", func(t *testing.T) { cutOff(t, first, second) })
	t.Run("Hostile", func(t *testing.T) { hostile(t, first, second) })
	t.Run("Kept", func(t *testing.T) { keptFile(t, first) })
}

// snapshot gives the snapshot of a server of a catalogue.
func snapshot(t testing.TB, u *truth) []byte {
	t.Helper()
	s := mustServe(t, "--catalogue", u.folder, "--data", "none")
	defer s.kill()
	status, body, err := get(s.base + "/v1/snapshot")
	if err != nil || status != http.StatusOK {
		t.Fatalf("the snapshot: %d %v", status, err)
	}
	return body
}

// cutOff takes the cable out of the host of an origin, under load of its followers. One of
// them starts meanwhile.
func cutOff(t *testing.T, first, second *truth) {
	w := newNetwork(t)
	at := w.node(t, 31)
	link := current{filepath.Join(t.TempDir(), "current")}
	must(t, link.to(first))
	origin := at.on().serve(t, "--catalogue", link.path, "--data", t.TempDir(), "--log-level", "warn")
	must(t, origin.ready())
	follow := func(data string) *server {
		return mustServe(t, "--follow", origin.base, "--data", data, "--log-level", "warn")
	}
	data := t.TempDir()
	one, two := follow(t.TempDir()), follow(data)
	must(t, first.hold(one.base))
	must(t, first.hold(two.base))
	two.stop()
	clients := under(4, time.Millisecond, func(c, n int) error {
		return oneOf(one.base, questions[(c*5+n)%len(questions)], first, second)
	})
	must(t, link.to(second))
	origin.hup()
	start := time.Now()
	await(t, "new facts reach the follower", time.Minute, func() bool { return second.holdOne(one.base, questions[15]) == nil })
	reached := time.Since(start)
	at.cut(t, true)
	gone := time.Now()
	two = follow(data) // from what it keeps, which is older
	started := time.Since(gone)
	must(t, first.hold(two.base))
	await(t, "readiness tells that the origin is away", time.Minute, func() bool {
		r, status, err := one.readiness()
		return err == nil && status == 200 && len(r.Stale) > 0
	})
	time.Sleep(time.Until(gone.Add(20 * time.Second)))
	at.cut(t, false)
	back := time.Now()
	await(t, "the follower that started meanwhile catches up", time.Minute, func() bool { return second.holdOne(two.base, questions[15]) == nil })
	await(t, "readiness is well again", time.Minute, func() bool { r, _, err := one.readiness(); return err == nil && len(r.Stale) == 0 })
	caught := time.Since(back)
	clients.end()
	clients.clean(t)
	must(t, second.hold(one.base))
	figure(t, "replica.cut off", "for %v: %s; new facts reached it in %v; a follower started meanwhile in %v, and caught up %v after the cable was in",
		back.Sub(gone).Round(time.Second), clients, reached.Round(time.Millisecond), started.Round(time.Millisecond), caught.Round(time.Millisecond))
}

// hostile serves snapshots to a follower that are cut short, altered, older, or none at all.
// It answers from the last good one.
func hostile(t *testing.T, first, second *truth) {
	link := current{filepath.Join(t.TempDir(), "current")}
	must(t, link.to(first))
	s := mustServe(t, "--catalogue", link.path, "--data", t.TempDir(), "--log-level", "warn")
	_, older, err := get(s.base + "/v1/snapshot")
	must(t, err)
	must(t, link.to(second))
	s.hup()
	await(t, "the origin has a second revision", time.Minute, func() bool { return second.holdOne(s.base, questions[15]) == nil })
	_, good, err := get(s.base + "/v1/snapshot")
	must(t, err)
	s.kill()

	var serving atomic.Value // what is answered
	var asked atomic.Int64
	serving.Store(http.HandlerFunc(plainly(good)))
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		serving.Load().(http.HandlerFunc)(w, r)
		asked.Add(1)
	}))
	defer origin.Close()
	f := mustServe(t, "--follow", origin.URL, "--poll", "20ms", "--data", t.TempDir(), "--log-level", "error")
	must(t, second.hold(f.base))
	var o outcome
	var told tally
	refuse := func(name string, h http.HandlerFunc) {
		serving.Store(h)
		before := asked.Load()
		await(t, "asked by the follower: "+name, time.Minute, func() bool { return asked.Load() > before+1 })
		err := second.holdOne(f.base, questions[int(before)%len(questions)])
		if r, status, failed := f.readiness(); err == nil && (failed != nil || status != http.StatusOK) {
			err = fmt.Errorf("readyz is %d: %v", status, failed)
		} else if len(r.Stale) > 0 {
			told.add("told in readiness")
		} else {
			told.add("not told")
		}
		o.add(err)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	random := rand.New(rand.NewPCG(9, 16))
	for range 60 {
		cut := random.IntN(len(good))
		refuse(fmt.Sprintf("cut to %d bytes", cut), plainly(good[:cut]))
	}
	for range 20 {
		cut := random.IntN(len(good))
		refuse(fmt.Sprintf("the connection breaks after %d bytes", cut), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(good)))
			_, _ = w.Write(good[:cut])
		})
	}
	for range 100 {
		b := bytes.Clone(good)
		at, bit := random.IntN(len(b)), random.IntN(8)
		b[at] ^= 1 << bit
		refuse(fmt.Sprintf("bit %d of byte %d", bit, at), plainly(b))
	}
	text := unpack(t, good)
	head, body, _ := strings.Cut(text, "\n")
	for range 40 {
		at := random.IntN(len(body))
		refuse(fmt.Sprintf("other facts at %d, packed well", at), plainly(pack(head+"\n"+body[:at]+"x"+body[at+1:])))
	}
	refuse("a fact is missing", plainly(pack(head+"\n"+body[strings.Index(body, "\n")+1:])))
	refuse("another digest", plainly(pack(strings.Replace(head, "sha256:", "sha256:0", 1)+"\n"+body)))
	refuse("older", plainly(older))
	refuse("no digest", plainly(pack(`{"format":"testedon-snapshot","version":1,"revision":9}`+"\n"+body)))
	refuse("a later format", plainly(pack(strings.Replace(head, `"version":1`, `"version":2`, 1)+"\n"+body)))
	refuse("nothing", plainly(nil))
	refuse("a page", plainly([]byte("<!doctype html><title>It works</title>")))
	refuse("another gzip file", plainly(pack("hello")))
	refuse("a header without end", plainly(pack(`{"format":"testedon-snapshot",`+strings.Repeat(" ", 5<<20))))
	refuse("a bomb", plainly(pack(head+"\n"+strings.Repeat("\x00", 512<<20))))
	for _, status := range []int{204, 301, 400, 401, 403, 404, 410, 429, 500, 502, 503} {
		refuse(fmt.Sprint("status ", status), func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}
	refuse("sent round and round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) })
	refuse("not modified, and never asked so", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	refuse("another encoding", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		_, _ = w.Write(good[:100])
	})
	endless := bytes.Repeat([]byte{0x1f, 0x8b, 8, 0}, 1<<18)
	refuse("300 MiB of nonsense", func(w http.ResponseWriter, _ *http.Request) {
		for range 300 {
			if _, err := w.Write(endless); err != nil {
				return
			}
		}
	})
	serving.Store(http.HandlerFunc(plainly(good)))
	await(t, "well again", time.Minute, func() bool { r, _, err := f.readiness(); return err == nil && len(r.Stale) == 0 })
	must(t, second.hold(f.base))
	figure(t, "replica.hostile origin", "%s; %s; %s", &o, &told, f.usage(f.base))
	if panicked(f.log.String()) {
		t.Error(last(f.log.String(), 3000))
	}
}

// plainly answers with bytes.
func plainly(b []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/gzip")
		_, _ = w.Write(b)
	}
}

func pack(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.Bytes()
}

func unpack(t testing.TB, b []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(b))
	must(t, err)
	text, err := io.ReadAll(r)
	must(t, err)
	return string(text)
}

// keptFile damages what a follower keeps, and starts it while its origin is away: it answers
// rightly from the file or refuses to start. With the origin it always answers.
func keptFile(t *testing.T, u *truth) {
	good := snapshot(t, u)
	origin := httptest.NewServer(plainly(good))
	defer origin.Close()
	data := t.TempDir()
	s := mustServe(t, "--follow", origin.URL, "--data", data)
	var name string
	await(t, "the snapshot is kept", time.Minute, func() bool {
		files, err := os.ReadDir(data)
		for _, f := range files {
			if !strings.HasPrefix(f.Name(), ".") {
				name = f.Name()
			}
		}
		return err == nil && name != ""
	})
	s.stop()
	whole, err := os.ReadFile(filepath.Join(data, name))
	must(t, err)
	away := httptest.NewServer(http.NotFoundHandler())
	away.Close()
	random := rand.New(rand.NewPCG(11, 16))
	kinds := make([][]byte, 60)
	for i := range kinds {
		kinds[i] = bytes.Clone(whole)
		switch i % 3 {
		case 0:
			kinds[i][random.IntN(len(whole))] ^= 1 << random.IntN(8)
		case 1:
			kinds[i] = kinds[i][:random.IntN(len(whole))]
		case 2:
			at := random.IntN(len(whole)-sector) / sector * sector
			copy(kinds[i][at:], make([]byte, sector))
		}
	}
	var became tally
	var mu sync.Mutex
	o := each(t, len(kinds), func(i int) error {
		data := t.TempDir()
		if err := os.WriteFile(filepath.Join(data, name), kinds[i], 0o600); err != nil {
			return err
		}
		alone := serve(t, "--follow", away.URL, "--data", data)
		defer alone.kill()
		how, err := alone.honest(u, u)
		mu.Lock()
		defer mu.Unlock()
		became.add("origin away: " + how)
		if err != nil {
			return err
		}
		alone.kill()
		if i%6 > 0 {
			return nil
		}
		with := serve(t, "--follow", origin.URL, "--data", data)
		defer with.kill()
		if err := with.ready(); err != nil {
			return err
		}
		return u.hold(with.base)
	})
	figure(t, "replica.kept file damaged", "%s; %s", o, &became)
}
