//go:build torture

package torture

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestKill kills servers with SIGKILL at moments spread evenly over their start, on an empty
// folder and where all facts change. What is on disk is whole at each moment, and the next
// start answers from it.
func TestKill(t *testing.T) {
	first, second := truths(t)
	t.Run("FirstStart", func(t *testing.T) {
		k := killing{tries: number("KILLS", 80), name: "kill.first start", truths: []*truth{first}}
		k.start = func(h host, data string) *server { return h.serve(t, "--catalogue", first.folder, "--data", data) }
		k.run(t)
	})
	t.Run("Reseed", func(t *testing.T) {
		seeded := seed(t, first)
		k := killing{tries: number("KILLS", 80), name: "kill.re-seed", truths: []*truth{second, first}}
		k.prepare = func(data string) error { return copyRecord(data, seeded) }
		k.start = func(h host, data string) *server { return h.serve(t, "--catalogue", second.folder, "--data", data) }
		k.run(t)
	})
}

// TestKillApply kills the command that writes the facts of an owner. They are all there
// afterwards or none of them is, and what was there before is as it was.
func TestKillApply(t *testing.T) {
	needs(t, false, "strace")
	first, _ := truths(t)
	seeded := seed(t, first)
	tries := number("KILLS", 80) / 2
	facts := anna(t, 1)
	args := func(data string) []string {
		return []string{"database", "apply", "--data", data, "--owner", "anna", facts}
	}
	finished := filepath.Join(t.TempDir(), "finished")
	must(t, copyRecord(finished, seeded))
	trace := finished + ".trace"
	start := time.Now()
	if out, errs, code := tampered(finished, trace, killedCalls+":signal=KILL:when=65535").run(args(finished)...); code != 0 {
		t.Fatalf("apply ends with %d: %s%s", code, out, errs)
	}
	usual := time.Since(start)
	whole, err := inspect(finished)
	must(t, err)
	longest := mostCalls(t, trace)
	var states tally
	o := each(t, tries, func(i int) error {
		data := filepath.Join(t.TempDir(), "data")
		defer os.RemoveAll(data)
		if err := copyRecord(data, seeded); err != nil {
			return err
		}
		h := tampered(data, data+".trace", killedCalls+":signal=KILL:when="+strconv.Itoa(1+longest*i/tries))
		if i%4 == 0 {
			h = host{before: []string{"timeout", "-s", "KILL", fmt.Sprint(usual.Seconds() * float64(i+1) / float64(tries))}}
		}
		h.run(args(data)...)
		left, err := inspect(data)
		if err != nil {
			return err
		}
		for number, digest := range left.digests {
			if digest != whole.digests[number] || left.rows[number] != whole.rows[number] {
				return fmt.Errorf("revision %d is not whole", number)
			}
		}
		states.add(fmt.Sprintf("revision %d", left.newest))
		if out, errs, code := run(args(data)...); code != 0 {
			return fmt.Errorf("the next apply ends with %d: %s%s", code, out, errs)
		}
		s := serve(t, "--catalogue", first.folder, "--data", data)
		defer s.kill()
		if err := s.ready(); err != nil {
			return err
		}
		if !has(s.base, 1) {
			return fmt.Errorf("%w: the owner's facts are not there", errWrong)
		}
		return nil
	})
	figure(t, "kill.apply", "%s; on disk after the kill: %s", o, &states)
}

// seed makes a record of a catalogue and gives its folder.
func seed(t testing.TB, u *truth) string {
	t.Helper()
	data := t.TempDir()
	s := mustServe(t, "--catalogue", u.folder, "--data", data)
	if code := s.stop(); code != 0 {
		t.Fatalf("the server ends with %d: %s", code, s.log)
	}
	return data
}

// killing is a way to kill something again and again.
type killing struct {
	tries   int
	name    string
	truths  []*truth // what may be on disk; the first is what is answered afterwards
	prepare func(data string) error
	start   func(h host, data string) *server // what is killed
	after   func(data string) *server         // nil means start
}

// killedCalls are those by which a record changes.
const killedCalls = "pwrite64,fsync,fdatasync,ftruncate,unlink"

// run kills half of the tries after a part of the time that they would take, and half in the
// midst of a call to a file of the record.
func (k *killing) run(t *testing.T) {
	needs(t, false, "strace")
	var usual, again durations
	longest := k.calls(t)
	each(t, 4, func(int) error {
		data, err := k.folder(t)
		if err != nil {
			return err
		}
		s := k.start(host{}, data)
		defer s.kill()
		err = k.wait(s)
		usual.add(time.Since(s.started))
		return err
	})
	var states tally
	o := each(t, k.tries, func(i int) error {
		data, err := k.folder(t)
		if err != nil {
			return err
		}
		defer os.RemoveAll(data)
		if i%2 == 0 {
			s := k.start(host{}, data)
			time.Sleep(time.Until(s.started.Add(usual.at(0.5) * time.Duration(i) * 12 / time.Duration(10*k.tries))))
			s.kill()
		} else {
			call := max(1, longest*i/k.tries)
			s := k.start(tampered(data, data+".trace", killedCalls+":signal=KILL:when="+strconv.Itoa(call)), data)
			if err := k.wait(s); err == nil { // its calls were spread over more threads
				states.add("killed after its work")
			}
			s.kill()
		}
		state, err := k.recovered(data, &again)
		states.add(state)
		return err
	})
	figure(t, k.name, "%s; on disk after the kill: %s; ready again: %s", o, &states, &again)
}

// calls counts the most calls of one sort and one thread by which the record changes.
func (k *killing) calls(t *testing.T) int {
	data, err := k.folder(t)
	must(t, err)
	trace := data + ".trace"
	s := k.start(tampered(data, trace, killedCalls+":signal=KILL:when=65535"), data)
	must(t, k.wait(s))
	s.stop()
	return mostCalls(t, trace)
}

// mostCalls counts the calls in a trace, and gives the most of one sort and one thread.
func mostCalls(t *testing.T, trace string) (most int) {
	t.Helper()
	lines, err := os.ReadFile(trace)
	must(t, err)
	counts := map[string]int{}
	for line := range strings.Lines(string(lines)) {
		if call, _, ok := strings.Cut(line, "("); ok {
			counts[call]++
			most = max(most, counts[call])
		}
	}
	return most
}

// wait waits until what is to be killed has done its work.
func (k *killing) wait(s *server) error {
	select {
	case <-s.greeted:
		return nil
	case <-s.ended:
		if s.cmd.ProcessState.Success() {
			return nil
		}
	case <-time.After(slow):
	}
	return fmt.Errorf("it does not do its work: %s", s.log)
}

func (k *killing) folder(t *testing.T) (string, error) {
	data, err := os.MkdirTemp(t.TempDir(), "data")
	if err == nil && k.prepare != nil {
		err = k.prepare(data)
	}
	return data, err
}

// recovered looks at what a kill left, and starts a server on it.
func (k *killing) recovered(data string, took *durations) (state string, err error) {
	left, err := inspect(data)
	if err != nil {
		return "damaged", err
	}
	if state, err = left.wholly(k.truths...); err != nil {
		return "not whole", err
	}
	start := k.after
	if start == nil {
		start = func(data string) *server { return k.start(host{}, data) }
	}
	s := start(data)
	defer s.kill()
	if err := s.ready(); err != nil {
		return state, err
	}
	took.add(time.Since(s.started))
	if err := k.truths[0].hold(s.base); err != nil {
		return state, err
	}
	if code := s.stop(); code != 0 {
		return state, fmt.Errorf("the server ends with %d: %s", code, s.log)
	}
	now, err := inspect(data)
	if err != nil {
		return state, err
	}
	_, err = now.wholly(k.truths...)
	if aside, _ := filepath.Glob(filepath.Join(data, "*.damaged-*")); len(aside) > 0 {
		return state, fmt.Errorf("the record was set aside: %v", aside)
	}
	return state, err
}
