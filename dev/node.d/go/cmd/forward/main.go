// Command forward carries connections from a loopback port of the machine to the API server inside the node's network namespace.
// It listens where it is started, then becomes itself again inside the namespace: the listening socket stays where it was made.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"syscall"
)

func main() {
	listen := flag.String("listen", "", "address to listen on")
	namespace := flag.String("namespace", "", "file of the network namespace to connect from")
	to := flag.String("to", "", "address to connect to inside the namespace")
	inherited := flag.Uint("inherited", 0, "descriptor of the listening socket, given by the first incarnation to the second")
	flag.Parse()
	var err error
	if *listen != "" {
		err = enter(*listen, *namespace, *to)
	} else {
		err = serve(*to, uintptr(*inherited))
	}
	fmt.Fprintln(os.Stderr, "forward:", err)
	os.Exit(1)
}

// enter returns only when it fails.
func enter(address, namespace, to string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	file, err := listener.(*net.TCPListener).File()
	if err != nil {
		return err
	}
	// The second incarnation must inherit the socket: Fd() makes it blocking, and clearing its flags keeps it open over exec.
	descriptor := file.Fd()
	if _, _, failed := syscall.Syscall(syscall.SYS_FCNTL, descriptor, syscall.F_SETFD, 0); failed != 0 {
		return failed
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	nsenter, err := exec.LookPath("nsenter")
	if err != nil {
		return err
	}
	return syscall.Exec(nsenter, []string{"nsenter", "--net=" + namespace, self, "-to", to, "-inherited", fmt.Sprint(descriptor)}, os.Environ())
}

func serve(to string, inherited uintptr) error {
	listener, err := net.FileListener(os.NewFile(inherited, "listener"))
	if err != nil {
		return err
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			return err
		}
		go func() {
			if err := carry(client.(*net.TCPConn), to); err != nil {
				fmt.Fprintln(os.Stderr, "forward:", err)
			}
		}()
	}
}

// carry copies both ways and passes on each half-close, on which exec and port-forward streams depend.
func carry(client *net.TCPConn, to string) error {
	defer client.Close()
	dialled, err := net.Dial("tcp", to)
	if err != nil {
		return err
	}
	server := dialled.(*net.TCPConn)
	defer server.Close()
	upstream := make(chan error, 1)
	go func() { upstream <- pipe(server, client) }()
	return errors.Join(pipe(client, server), <-upstream)
}

func pipe(to, from *net.TCPConn) error {
	_, err := io.Copy(to, from)
	closing := to.CloseWrite()
	if err != nil || errors.Is(closing, syscall.ENOTCONN) {
		return err
	}
	return closing
}
