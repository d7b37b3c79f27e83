//go:build unix

package main

import (
	"os/exec"
	"syscall"
	"testing"
)

// stop lets a program stand still; it can be killed all the same.
func stop(t *testing.T, running *exec.Cmd) {
	t.Helper()
	if err := running.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
}
