// A program of Go with C in it: it looks up a user by the C library, and allocates by the C library's malloc.
package main

// #include <stdlib.h>
// #include <string.h>
import "C"

import (
	"fmt"
	"os/user"
	"unsafe"
)

var version = "unset"

func main() {
	block := C.malloc(4096)
	if block == nil {
		panic("no memory")
	}
	C.memset(block, 'x', 4096)
	last := *(*byte)(unsafe.Add(block, 4095))
	C.free(block)
	name := "unknown"
	if root, err := user.LookupId("0"); err == nil {
		name = root.Username
	}
	fmt.Printf("lookup %s\nlast %c\nroot %s\n", version, last, name)
}
