//go:build torture

package torture

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/testedon/testedon/internal/dbserver"
)

// TestServers is about several servers on one record.
func TestServers(t *testing.T) {
	first, second := truths(t)
	t.Run("OneFolder", func(t *testing.T) { oneFolder(t, first) })
	t.Run("TwoCatalogues", func(t *testing.T) { twoCatalogues(t, first, second) })
	t.Run("Empty", func(t *testing.T) { emptyDatabase(t, first) })
	t.Run("Spread", func(t *testing.T) { spread(t, first) })
	t.Run("Away", func(t *testing.T) { away(t, first) })
	t.Run("Promoted", func(t *testing.T) { promoted(t, first) })
}

// together starts servers at the same time, and waits for all.
func together(t *testing.T, n int, start func(i int) *server) []*server {
	t.Helper()
	servers := make([]*server, n)
	for i := range servers {
		servers[i] = start(i)
	}
	for _, s := range servers {
		must(t, s.ready())
	}
	return servers
}

// unruffled fails a test where a log has errors.
func unruffled(t *testing.T, servers []*server) {
	t.Helper()
	for i, s := range servers {
		for line := range strings.Lines(s.log.String()) {
			if strings.Contains(line, "level=ERROR") || strings.Contains(line, "panic") {
				t.Errorf("server %d: %s", i, line)
			}
		}
	}
}

// oneFolder starts ten servers at once on an empty folder, several times.
func oneFolder(t *testing.T, u *truth) {
	var o outcome
	for range number("FOLDERS", 5) {
		data := t.TempDir()
		servers := together(t, 10, func(int) *server { return serve(t, "--catalogue", u.folder, "--data", data) })
		for _, s := range servers {
			err := u.holdOne(s.base, everything)
			o.add(err)
			if err != nil {
				t.Error(err)
			}
			s.kill()
		}
		unruffled(t, servers)
		r, err := inspect(data)
		must(t, err)
		if _, err := r.wholly(u); err != nil || r.newest != 1 {
			t.Errorf("the record has %d revisions: %v", r.newest, err)
		}
	}
	figure(t, "servers.one folder", "ten at once on an empty folder: %s, one revision each time", &o)
}

// twoCatalogues starts a server with another catalogue on the record of one that runs: both
// answer from the newest facts, and never from a mixture.
func twoCatalogues(t *testing.T, first, second *truth) {
	data := t.TempDir()
	old := mustServe(t, "--catalogue", first.folder, "--data", data, "--log-level", "warn")
	clients := under(2, time.Millisecond, func(c, n int) error {
		return oneOf(old.base, questions[(c+n)%len(questions)], first, second)
	})
	start := time.Now()
	recent := mustServe(t, "--catalogue", second.folder, "--data", data, "--log-level", "warn")
	took := time.Since(start)
	must(t, second.hold(recent.base))
	var late time.Duration
	await(t, "the older server answers from the newest facts", 30*time.Second, func() bool {
		late = time.Since(start) - took
		return second.holdOne(old.base, questions[15]) == nil
	})
	clients.end()
	clients.clean(t)
	figure(t, "servers.two on a folder", "the second one's facts were answered by the first %v after the second was ready; %s", late.Round(time.Millisecond), clients)
}

// emptyDatabase starts ten servers at once on an empty PostgreSQL, several times: one of them
// seeds it.
func emptyDatabase(t *testing.T, u *truth) {
	db := dbserver.NewPostgreSQL(t)
	var o outcome
	var started durations
	for range number("EMPTY", 5) {
		url, schema := db.Schema(t)
		servers := together(t, 10, func(int) *server {
			return serve(t, "--catalogue", u.folder, "--database", url, "--data", t.TempDir())
		})
		for _, s := range servers {
			started.add(time.Since(s.started))
			err := u.holdOne(s.base, everything)
			o.add(err)
			if err != nil {
				t.Error(err)
			}
			s.stop()
		}
		unruffled(t, servers)
		var revisions int
		must(t, db.Connect(t).QueryRow(context.Background(), "SELECT count(*) FROM "+schema+".revisions").Scan(&revisions))
		if revisions != 1 {
			t.Errorf("there are %d revisions", revisions)
		}
	}
	figure(t, "servers.empty PostgreSQL", "ten at once: %s, one seed each time; all ten ready after: %s", &o, &started)
}

// anna writes a folder of facts of an owner, of so many an edition.
func anna(t testing.TB, edition int) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"sources/anna.yaml": fmt.Sprintf("id: anna\ntitle: What Anna tested, edition %d.\nurl: https://example.com/anna\ndate: \"2026-01-31\"\nauthority: official\n", edition),
		"releases/mi/4.4.0.yaml": "product: mi\nversion: \"4.4.0\"\nsections:\n  - section: Databases\n    source: anna\n    status: tested\n    rows:\n" +
			"      - technology: postgresql\n        printed: PostgreSQL\n        versions: [\"17.2\", \"18.1\"]\n        quote: PostgreSQL 17.2, 18.1\n",
	} {
		path := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return dir
}

// annas is a question that only the facts of that owner answer.
var annas = question{"GET", "/v1/check?product=mi&release=4.4.0&dbms=Postgres+18.1", "", ""}

// has reports whether a server answers from an edition of that owner's facts.
func has(base string, edition int) bool {
	_, body, err := annas.ask(base)
	return err == nil && strings.Contains(string(body), fmt.Sprintf("What Anna tested, edition %d.", edition))
}

// apply writes the facts of an owner to a record, by the command.
func apply(t testing.TB, url string, edition int) {
	t.Helper()
	if out, errs, code := run("database", "apply", "--database", url, "--owner", "anna", anna(t, edition)); code != 0 {
		t.Fatalf("apply ends with %d: %s%s", code, out, errs)
	}
}

// spread measures how long revisions take to be answered by ten servers, from the time that
// is on record, which is before the transaction.
func spread(t *testing.T, u *truth) {
	db := dbserver.NewPostgreSQL(t)
	url, schema := db.Schema(t)
	servers := together(t, 10, func(int) *server {
		return serve(t, "--catalogue", u.folder, "--database", url, "--data", t.TempDir(), "--log-level", "warn")
	})
	conn := db.Connect(t)
	var took, whole durations
	for edition := range number("REVISIONS", 100) {
		apply(t, url, edition)
		var text string
		must(t, conn.QueryRow(context.Background(), "SELECT time FROM "+schema+".revisions ORDER BY number DESC LIMIT 1").Scan(&text))
		made, err := time.Parse(time.RFC3339Nano, text)
		must(t, err)
		var all sync.WaitGroup
		for _, s := range servers {
			all.Go(func() {
				for end := time.Now().Add(time.Minute); !has(s.base, edition); time.Sleep(10 * time.Millisecond) {
					if time.Now().After(end) {
						t.Errorf("edition %d does not arrive", edition)
						return
					}
				}
				took.add(time.Since(made))
			})
		}
		all.Wait()
		whole.add(time.Since(made))
	}
	figure(t, "servers.spread", "a revision answered by one of ten servers: %s; by all ten: %s", &took, &whole)
	unruffled(t, servers)
	if p99 := took.at(0.99); p99 > 2*time.Second {
		t.Errorf("the p99 is %v, more than 2 s", p99)
	}
}

// away ends the database for a minute, under load. A server starts meanwhile.
func away(t *testing.T, u *truth) {
	db := dbserver.NewPostgreSQL(t)
	url, _ := db.Schema(t)
	data := t.TempDir()
	start := func(data string) *server {
		s := serve(t, "--catalogue", u.folder, "--database", url, "--data", data, "--log-level", "warn")
		must(t, s.ready())
		return s
	}
	one, two, three := start(t.TempDir()), start(t.TempDir()), start(data)
	must(t, u.hold(three.base))
	if code := three.stop(); code != 0 {
		t.Errorf("the server ends with %d: %s", code, three.log)
	}
	clients := under(4, 2*time.Millisecond, func(c, n int) error {
		return u.holdOne([]*server{one, two}[n%2].base, questions[(c*5+n)%len(questions)])
	})
	await(t, "under load", slow, func() bool { return clients.answered.Load() > 100 })
	db.End()
	gone := time.Now()
	three = start(data) // from what it keeps
	started := time.Since(gone)
	must(t, u.hold(three.base))
	for _, s := range []*server{one, three} {
		await(t, "readiness tells that the database is away", 30*time.Second, func() bool {
			r, status, err := s.readiness()
			return err == nil && status == 200 && (len(r.Stale) > 0 || s == one) // one need not have looked for facts
		})
	}
	time.Sleep(time.Until(gone.Add(time.Duration(number("AWAY", 60)) * time.Second)))
	db.Begin(t)
	back := time.Now()
	clients.end()
	clients.clean(t)
	apply(t, url, 7)
	for _, s := range []*server{one, two, three} {
		await(t, "new facts arrive", time.Minute, func() bool { return has(s.base, 7) })
	}
	figure(t, "servers.database away", "for %v: %s; a server started meanwhile in %v; new facts answered by all %v after it was back",
		back.Sub(gone).Round(time.Second), clients, started.Round(time.Millisecond), time.Since(back).Round(time.Millisecond))
}

// cluster is a PostgreSQL on a host of a network.
type cluster struct {
	*node
	dir, data string
	process   *exec.Cmd
	log       *stream
}

// nobody runs the database, which refuses to be run by root.
func (c *cluster) command(name string, args ...string) *exec.Cmd {
	line := append([]string{"netns", "exec", c.name, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", name}, args...)
	cmd := exec.Command("ip", line...)
	cmd.Dir = c.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

func newCluster(t *testing.T, n *node) *cluster {
	t.Helper()
	dir, err := os.MkdirTemp("", "cluster")
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	must(t, os.Chown(dir, 65534, 65534))
	return &cluster{node: n, dir: dir, data: filepath.Join(dir, "data")}
}

func (c *cluster) start(t *testing.T, settings ...string) {
	t.Helper()
	args := []string{"-D", c.data, "-p", "5432", "-k", c.dir, "-c", "listen_addresses=*"}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	up := make(chan struct{})
	var once sync.Once
	c.log = &stream{seen: func(text string) {
		if strings.Contains(text, "ready to accept") {
			once.Do(func() { close(up) })
		}
	}}
	c.process = c.command(dbserver.Program(t, "postgres", "/usr/lib/postgresql/*/bin"), args...)
	c.process.Stderr = c.log
	must(t, c.process.Start())
	t.Cleanup(c.kill)
	select {
	case <-up:
	case <-time.After(slow):
		t.Fatalf("PostgreSQL does not start: %s", c.log)
	}
}

// kill kills the server; its processes end with it.
func (c *cluster) kill() {
	if c.process.ProcessState == nil {
		_ = c.process.Process.Kill()
		_ = c.process.Wait()
	}
}

func (c *cluster) query(t *testing.T, statement string) (text string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, "postgresql://ada@"+c.address+":5432/postgres?sslmode=disable")
	must(t, err)
	defer conn.Close(ctx)
	must(t, conn.QueryRow(ctx, statement).Scan(&text))
	return text
}

// promoted kills the primary of two databases, each on a host of its own, takes its cable
// out, and promotes the other, all under load.
func promoted(t *testing.T, u *truth) {
	needs(t, true, "ip", "setpriv")
	const programs = "/usr/lib/postgresql/*/bin"
	w := newNetwork(t)
	primary, standby := newCluster(t, w.node(t, 11)), newCluster(t, w.node(t, 12))
	out, err := primary.command(dbserver.Program(t, "initdb", programs), "-D", primary.data, "-U", "ada", "-A", "trust", "-N", "-E", "UTF8", "--locale", "C").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	hba, err := os.OpenFile(filepath.Join(primary.data, "pg_hba.conf"), os.O_APPEND|os.O_WRONLY, 0)
	must(t, err)
	_, err = fmt.Fprintf(hba, "host all all %[1]s.0/24 trust\nhost replication all %[1]s.0/24 trust\n", w.subnet)
	must(t, err)
	must(t, hba.Close())
	primary.start(t)
	out, err = standby.command(dbserver.Program(t, "pg_basebackup", programs), "-D", standby.data, "-h", primary.address, "-U", "ada", "-R", "-X", "stream", "-c", "fast", "-N").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	standby.start(t)

	url := fmt.Sprintf("postgresql://ada@%s:5432,%s:5432/postgres?target_session_attrs=read-write&sslmode=disable", primary.address, standby.address)
	var servers []*server
	for i := range 3 {
		s := w.node(t, 21+i).on().serve(t, "--catalogue", u.folder, "--database", url, "--data", t.TempDir(), "--log-level", "warn")
		must(t, s.ready())
		servers = append(servers, s)
	}
	apply(t, url, 1)
	for _, s := range servers {
		await(t, "facts arrive", time.Minute, func() bool { return has(s.base, 1) })
	}
	await(t, "the standby has the same", time.Minute, func() bool {
		return standby.query(t, "SELECT pg_last_wal_replay_lsn()::text") == primary.query(t, "SELECT pg_current_wal_lsn()::text")
	})
	clients := under(6, 2*time.Millisecond, func(c, n int) error {
		s := servers[(c+n)%len(servers)]
		if n%2 == 0 && !has(s.base, 1) && !has(s.base, 2) {
			return fmt.Errorf("%w: an edition is gone", errWrong)
		}
		status, _, err := questions[(c*5+n)%len(questions)].ask(s.base)
		if err == nil && status != 200 {
			err = fmt.Errorf("status %d", status)
		}
		return err
	})
	await(t, "under load", slow, func() bool { return clients.answered.Load() > 300 })
	gone := time.Now()
	primary.cut(t, true) // first, so that nobody is told of its end
	primary.kill()
	time.Sleep(5 * time.Second) // somebody notices
	if standby.query(t, "SELECT pg_promote()::text") != "true" {
		t.Error("the standby is not promoted")
	}
	promoted := time.Now()
	apply(t, url, 2)
	var arrived durations
	for _, s := range servers {
		await(t, "later facts arrive", time.Minute, func() bool { return has(s.base, 2) })
		arrived.add(time.Since(promoted))
	}
	clients.end()
	clients.clean(t)
	figure(t, "servers.promoted", "without a primary for %v: %s; a write after the promotion was answered by all %v after it",
		promoted.Sub(gone).Round(time.Millisecond), clients, arrived.at(1).Round(time.Millisecond))
}
