// SPDX-License-Identifier: Apache-2.0
/*
 * A second writer of a libxl-json file, as libxl is one: it locks, reads, changes one entry, writes and unlocks by libxl's
 * protocol (libxl__lock_file, libxl__unlock_file in libxl_internal.c; libxl__userdata_store in libxl_dom.c), and shares
 * nothing with the code under test.
 *
 *   libxl-writer DIRECTORY DOMID UUID COUNT
 *
 * The entry is a disk whose pdev_path is "/theirs/N". Each edit must find the N that the last one left, and makes it N+1.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK "\"/theirs/"

static char data[4096], fresh[4096], lock[4096];
static char text[1 << 20], next[1 << 20];

static void fail(const char *what)
{
    printf("FAILED %s: %s\n", what, strerror(errno));
    exit(1);
}

static int take(void)
{
    struct stat held, named;

    for (;;) {
        int fd = open(lock, O_RDWR | O_CREAT, 0666);
        if (fd < 0)
            fail("open lock");
        while (flock(fd, LOCK_EX))
            if (errno != EINTR)
                fail("flock");
        if (fstat(fd, &held))
            fail("fstat");
        if (stat(lock, &named)) {
            if (errno != ENOENT)
                fail("stat");
        } else if (held.st_dev == named.st_dev && held.st_ino == named.st_ino) {
            return fd;
        }
        close(fd);
    }
}

static void edit(long last)
{
    int fd = open(data, O_RDONLY);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
    if (length < 0)
        fail("read");
    close(fd);
    if (length < 4 || text[0] != '{' || memcmp(text + length - 3, "}\n\0", 3))
        fail("half a file");

    char *mark = strstr(text, MARK), *end;
    if (!mark)
        fail("our entry is lost");
    long found = strtol(mark + strlen(MARK), &end, 10);
    if (found != last) {
        printf("LOST: found %ld, left %ld\n", found, last);
        exit(1);
    }
    int head = mark - text;
    int size = snprintf(next, sizeof(next), "%.*s" MARK "%ld%s", head, text, last + 1, end);

    fd = open(fresh, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, next, size + 1) != size + 1 || close(fd) || rename(fresh, data))
        fail("write");
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    snprintf(data, sizeof(data), "%s/userdata-d.%s.%s.libxl-json", argv[1], argv[2], argv[3]);
    snprintf(fresh, sizeof(fresh), "%s/userdata-n.%s.%s.libxl-json", argv[1], argv[2], argv[3]);
    snprintf(lock, sizeof(lock), "%s/userdata-l.%s.%s.domain-userdata-lock", argv[1], argv[2], argv[3]);
    long count = atol(argv[4]);
    for (long last = 0; last < count; last++) {
        int fd = take();
        edit(last);
        unlink(lock);
        close(fd);
        usleep(last % 3 * 100); /* libxl does other things between two edits; at times it does not */
    }
    printf("DONE %ld\n", count);
    return 0;
}
