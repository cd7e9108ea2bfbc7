package bench

// valgrind asks for something, where this program runs below it, by instructions that do
// nothing elsewhere: those of valgrind.h, which is C.
func valgrind(args *[6]uint64)
