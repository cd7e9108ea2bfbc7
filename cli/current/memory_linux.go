//go:build linux && cgo

package current

/*
#define _GNU_SOURCE
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

// The parts of the program that cannot be written. The rest of the last page is another's.
static int unmap(struct dl_phdr_info *program, size_t size, void *none) {
	for (const ElfW(Phdr) *h = program->dlpi_phdr; h < program->dlpi_phdr + program->dlpi_phnum; h++) {
		uintptr_t from = program->dlpi_addr + h->p_vaddr, mask = -(uintptr_t)getpagesize();
		if (h->p_type == PT_LOAD && !(h->p_flags & PF_W))
			madvise((void *)(from & mask), (from + h->p_memsz & mask) - (from & mask), MADV_DONTNEED);
	}
	return 1; // the libraries come after it
}

static void giveBack(void) {
#ifdef __GLIBC__
	malloc_trim(0);
#endif
	dl_iterate_phdr(unmap, NULL);
}
*/
import "C"

import "runtime/debug"

// giveBack gives to the system what the last load needed: the memory of Go; that of C, which
// SQLite has freed and the library keeps, 2 MB of 27; and the pages of the program itself, 16 of
// 25 MB. The system maps sixteen pages of the file where one is used, and what answers questions
// uses few of those that a start needs. They are found again in the memory of the system.
func giveBack() {
	debug.FreeOSMemory()
	C.giveBack()
}
