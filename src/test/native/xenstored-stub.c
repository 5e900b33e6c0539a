// SPDX-License-Identifier: Apache-2.0
/*
 * Lets the real xenstored and oxenstored run on any Linux machine: an LD_PRELOAD library that stands in for the
 * hypervisor. Only what the two daemons call is here.
 *
 *   XENSTUB_DOMAINS  a directory with one file of 4096 bytes for each domain, named by its domid: that domain's ring.
 *                    N.shutdown, N.crashed and N.dying set those flags of domain N. Domain 0 exists always.
 *   XENSTUB_SOCKET   where to bind the daemon's socket. oxenstored has its path compiled in, so that without this it
 *                    would take the place of the machine's own daemon.
 *
 * Event channels are inotify on that directory: a new or removed file is VIRQ_DOM_EXC, a touched file is its ring's
 * channel. Build: gcc -shared -fPIC -o xenstored-stub.so xenstored-stub.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define XC_WANT_COMPAT_MAP_FOREIGN_API
#include <xenctrl.h>
#include <xenevtchn.h>
#include <xengnttab.h>

#define RING_BYTES 4096
#define VIRQ_PORT 1
#define FIRST_RING_PORT 100
#define COMPILED_IN "/var/run/xenstored"

static int events = -1;
static char handle; /* what a library's handle points to matters to nobody */

static void domain_file(char *path, size_t size, unsigned domid, const char *suffix)
{
    snprintf(path, size, "%s/%u%s", getenv("XENSTUB_DOMAINS"), domid, suffix);
}

static int has(unsigned domid, const char *suffix)
{
    char path[PATH_MAX];
    domain_file(path, sizeof(path), domid, suffix);
    return access(path, F_OK) == 0;
}

static int exists(unsigned domid)
{
    return domid == 0 || has(domid, "");
}

/* The hypervisor's list of domains. */

xc_interface *xc_interface_open(xentoollog_logger *log, xentoollog_logger *dombuild, unsigned flags) { return (xc_interface *)&handle; }
int xc_interface_close(xc_interface *xch) { return 0; }

const xc_error *xc_get_last_error(xc_interface *xch)
{
    static const xc_error none = {.code = XC_ERROR_NONE};
    return &none;
}

int xc_domain_getinfo(xc_interface *xch, uint32_t first, unsigned max, xc_dominfo_t *info)
{
    if (!exists(first))
        return 0;
    memset(info, 0, sizeof(*info));
    info->domid = first;
    info->shutdown = has(first, ".shutdown");
    info->crashed = has(first, ".crashed");
    info->dying = has(first, ".dying");
    return 1;
}

int xc_domain_getinfolist(xc_interface *xch, uint32_t first, unsigned max, xc_domaininfo_t *info)
{
    if (!exists(first))
        return 0;
    memset(info, 0, sizeof(*info));
    info->domain = first;
    if (has(first, ".shutdown") || has(first, ".crashed"))
        info->flags |= XEN_DOMINF_shutdown;
    if (has(first, ".dying"))
        info->flags |= XEN_DOMINF_dying;
    return 1;
}

/* Rings: C maps them by grant, OCaml by frame. */

static void *map_ring(unsigned domid)
{
    char path[PATH_MAX];
    domain_file(path, sizeof(path), domid, "");
    int fd = open(path, O_RDWR);
    if (fd < 0)
        return NULL;
    void *ring = mmap(NULL, RING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return ring == MAP_FAILED ? NULL : ring;
}

xengnttab_handle *xengnttab_open(xentoollog_logger *logger, unsigned flags) { return (xengnttab_handle *)&handle; }
int xengnttab_close(xengnttab_handle *xgt) { return 0; }
int xengnttab_set_max_grants(xengnttab_handle *xgt, uint32_t count) { return 0; }
void *xengnttab_map_grant_ref(xengnttab_handle *xgt, uint32_t domid, uint32_t ref, int prot) { return map_ring(domid); }
int xengnttab_unmap(xengnttab_handle *xgt, void *start, uint32_t count) { return munmap(start, RING_BYTES); }
void *xc_map_foreign_range(xc_interface *xch, uint32_t dom, int size, int prot, unsigned long mfn) { return map_ring(dom); }

/* Event channels. */

xenevtchn_handle *xenevtchn_open(xentoollog_logger *logger, unsigned open_flags)
{
    events = inotify_init1(0);
    if (events < 0 ||
        inotify_add_watch(events, getenv("XENSTUB_DOMAINS"), IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_ATTRIB) < 0)
        return NULL;
    return (xenevtchn_handle *)&handle;
}

int xenevtchn_close(xenevtchn_handle *xce) { return close(events); }
int xenevtchn_fd(xenevtchn_handle *xce) { return events; }
int xenevtchn_notify(xenevtchn_handle *xce, evtchn_port_t port) { return 0; }
int xenevtchn_unbind(xenevtchn_handle *xce, evtchn_port_t port) { return 0; }
int xenevtchn_unmask(xenevtchn_handle *xce, evtchn_port_t port) { return 0; }
xenevtchn_port_or_error_t xenevtchn_bind_virq(xenevtchn_handle *xce, unsigned virq) { return VIRQ_PORT; }
xenevtchn_port_or_error_t xenevtchn_bind_interdomain(xenevtchn_handle *xce, uint32_t domid, evtchn_port_t remote) { return FIRST_RING_PORT + domid; }

xenevtchn_port_or_error_t xenevtchn_pending(xenevtchn_handle *xce)
{
    /* Room for exactly one event with a name of up to 15 characters: the others stay queued, and the fd readable. */
    union {
        struct inotify_event event;
        char room[sizeof(struct inotify_event) + 16];
    } next;
    if (read(events, &next, sizeof(next)) <= 0)
        return -1;
    char *end;
    unsigned long domid = strtoul(next.event.name, &end, 10);
    return (next.event.mask & IN_ATTRIB) && *end == '\0' ? FIRST_RING_PORT + (int)domid : VIRQ_PORT;
}

/* The C library: files of /proc/xen, the socket's path, and a limit that only root may raise. */

static int open_as(const char *symbol, const char *path, int flags, mode_t mode)
{
    char ring[PATH_MAX];
    if (!strcmp(path, "/proc/xen/xsd_port")) {
        int fd = memfd_create("xsd_port", 0);
        return fd >= 0 && pwrite(fd, "1", 1, 0) == 1 ? fd : -1;
    }
    if (!strcmp(path, "/proc/xen/xsd_kva")) {
        domain_file(ring, sizeof(ring), 0, "");
        path = ring;
    }
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, symbol);
    return real(path, flags, mode);
}

#define INTERPOSE_OPEN(symbol)                               \
    int symbol(const char *path, int flags, ...)             \
    {                                                        \
        va_list rest;                                        \
        va_start(rest, flags);                               \
        mode_t mode = flags & O_CREAT ? va_arg(rest, int) : 0; \
        va_end(rest);                                        \
        return open_as(#symbol, path, flags, mode);          \
    }
INTERPOSE_OPEN(open)
INTERPOSE_OPEN(open64)

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
    struct sockaddr_un ours = {.sun_family = AF_UNIX};
    if (address->sa_family == AF_UNIX) {
        strncpy(ours.sun_path, getenv("XENSTUB_SOCKET"), sizeof(ours.sun_path) - 1);
        address = (struct sockaddr *)&ours;
        length = sizeof(ours);
    }
    int (*real)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
    return real(fd, address, length);
}

/* oxenstored removes and makes what a daemon of this machine may be using. */
int unlink(const char *path)
{
    int (*real)(const char *) = dlsym(RTLD_NEXT, "unlink");
    return strncmp(path, COMPILED_IN, strlen(COMPILED_IN)) ? real(path) : 0;
}

int mkdir(const char *path, mode_t mode)
{
    int (*real)(const char *, mode_t) = dlsym(RTLD_NEXT, "mkdir");
    return strncmp(path, COMPILED_IN, strlen(COMPILED_IN)) ? real(path, mode) : 0;
}

int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) { return 0; }
