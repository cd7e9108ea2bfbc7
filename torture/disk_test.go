//go:build torture

package torture

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// mount makes a file system in memory, of so many bytes.
func mount(t testing.TB, size int) string {
	t.Helper()
	dir := t.TempDir()
	must(t, command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%d,mode=700", size), "torture", dir))
	t.Cleanup(func() { _ = command("umount", "-l", dir) })
	return dir
}

// fill leaves so many bytes free on a file system.
func fill(t testing.TB, dir string, free int) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "other.file"))
	must(t, err)
	defer f.Close()
	chunk := make([]byte, page)
	for err == nil {
		_, err = f.Write(chunk)
	}
	info, err := f.Stat()
	must(t, err)
	must(t, f.Truncate(max(0, info.Size()-int64(free))))
}

// TestDisk starts servers on full and on read-only disks. With nothing to write they answer;
// where they would have to write they answer, or refuse and say why; and all is whole once
// there is room.
func TestDisk(t *testing.T) {
	needs(t, true, "mount")
	first, second := truths(t)
	seeded := seed(t, first)
	var all outcome
	try := func(name string, s *server, after func() error, now *truth, before ...*truth) string {
		t.Helper()
		how, err := s.honest(now, before...)
		s.kill()
		if err == nil && after != nil {
			err = after()
		}
		all.add(err)
		if err != nil {
			t.Errorf("%s: %v: %s", name, err, last(s.log.String(), 400))
		}
		return how
	}
	var empty, changed, kept tally
	for kib := 0; kib <= 8<<10; kib = kib*2 + 4 {
		room := func(dir string) func() error {
			return func() error {
				if err := os.Remove(filepath.Join(dir, "other.file")); err != nil {
					return err
				}
				return sound(t, dir, second, first)
			}
		}
		dir := mount(t, 32<<20)
		fill(t, dir, kib<<10)
		empty.add(try(fmt.Sprintf("first start, %d KiB free", kib), serve(t, "--catalogue", second.folder, "--data", dir), room(dir), second))

		dir = mount(t, 32<<20)
		must(t, copyRecord(dir, seeded))
		fill(t, dir, kib<<10)
		changed.add(try(fmt.Sprintf("re-seed, %d KiB free", kib), serve(t, "--catalogue", second.folder, "--data", dir), room(dir), second, first))

		dir = mount(t, 32<<20)
		must(t, copyRecord(dir, seeded))
		fill(t, dir, kib<<10)
		kept.add(try(fmt.Sprintf("a good record, %d KiB free", kib), serve(t, "--catalogue", first.folder, "--data", dir), room(dir), first))
	}
	if n := kept.count("refused with a message"); n > 0 {
		t.Errorf("%d good records on a disk that is full are not answered from", n)
	}
	figure(t, "disk.full", "%s; first start: %s; re-seed: %s; a good record: %s", &all, &empty, &changed, &kept)

	dir := mount(t, 32<<20)
	must(t, copyRecord(dir, seeded))
	must(t, command("mount", "-o", "remount,ro", dir))
	good := try("a good record, read only", serve(t, "--catalogue", first.folder, "--data", dir), nil, first)
	old := try("a re-seed, read only", serve(t, "--catalogue", second.folder, "--data", dir), nil, second, first)
	figure(t, "disk.read-only", "a good record: %s; a re-seed: %s", good, old)
	if good == "refused with a message" {
		t.Errorf("a good record on a disk that is read only is not answered from")
	}
}
