package store

// PretendNetwork takes the file system of a folder for one of the network,
// until the function it gives is called.
func PretendNetwork(dir string) (restore func()) {
	kind := fileSystem(dir)
	networks[kind] = true
	return func() { delete(networks, kind) }
}
