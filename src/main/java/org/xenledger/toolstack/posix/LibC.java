// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;

/** The C library. Its constants are those of Linux on x86 and Arm, where Xen runs. */
interface LibC extends Library {
    int O_RDONLY = 0;
    int O_RDWR = 2;
    int O_CREAT = 0100;
    int O_DIRECTORY = 0200000;
    int O_CLOEXEC = 02000000;
    int MODE_0666 = 0666;

    int LOCK_EX = 2;
    int LOCK_NB = 4;

    int SIGKILL = 9;

    int EINTR = 4;
    int ESRCH = 3;
    int EWOULDBLOCK = 11;

    LibC INSTANCE = Native.load("c", LibC.class);

    int open(String path, int flags, Object... mode) throws LastErrorException;

    int flock(int fd, int operation) throws LastErrorException;

    int fsync(int fd) throws LastErrorException;

    int close(int fd) throws LastErrorException;

    int kill(int pid, int signal) throws LastErrorException;

    int memfd_create(String name, int flags) throws LastErrorException;
}
