// SPDX-License-Identifier: Apache-2.0
/*
 * Lets the real xl and libxl run on any Linux machine: an LD_PRELOAD library that stands in for the hypervisor, in which
 * there is one domain. xenstore is a real daemon, or none for `xl -N`, which only prints.
 *
 *   XLSTUB_DOMID     the domain; with XLSTUB_UUID its uuid, and with XLSTUB_HVM set an HVM guest, else a PV guest
 *   XLSTUB_USERDATA  the directory that takes the place of /var/lib/xen, which is compiled in
 *   XENSTORED_PATH   the daemon's socket (libxenstore reads that); without it nothing is connected to
 *
 * Unless XLSTUB_WHOLE is set, xl ends with status 0 when it has committed a transaction and then given the lock back: what
 * libxl wrote can be looked at, and nothing waits for a backend that is not there.
 * Build: gcc -shared -fPIC -o xl-stub.so xl-stub.c -ldl
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
#include <sys/stat.h>
#include <unistd.h>
#include <xenctrl.h>
#include <xenstore.h>

#define COMPILED_IN "/var/lib/xen/"

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

static int committed;
static char handle[4096]; /* what a library's handle points to matters to nobody */

static unsigned domid(void)
{
    const char *text = getenv("XLSTUB_DOMID");
    return text ? (unsigned)atoi(text) : 1;
}

xc_interface *xc_interface_open(xentoollog_logger *logger, xentoollog_logger *building, unsigned flags)
{
    return (xc_interface *)handle;
}

int xc_interface_close(xc_interface *xch)
{
    return 0;
}

/* All that the hypervisor says of itself is empty. */
int xc_version(xc_interface *xch, int cmd, void *arg)
{
    static const int sizes[] = {0, 16, 144, 1024, 64, 8, 0, 0, 16, 1024};

    if (cmd == XENVER_pagesize)
        return 4096;
    if (cmd == XENVER_get_features || cmd > XENVER_commandline) {
        errno = ENOSYS;
        return -1;
    }
    memset(arg, 0, sizes[cmd]);
    return 0;
}

int xc_physinfo(xc_interface *xch, xc_physinfo_t *info)
{
    memset(info, 0, sizeof(*info));
    return 0;
}

long xc_sharing_freed_pages(xc_interface *xch)
{
    return 0;
}

long xc_sharing_used_frames(xc_interface *xch)
{
    return 0;
}

int xc_domain_getinfolist(xc_interface *xch, uint32_t first, unsigned int max, xc_domaininfo_t *info)
{
    const char *uuid = getenv("XLSTUB_UUID");
    int i;

    if (first > domid() || max < 1)
        return 0;
    memset(info, 0, sizeof(*info));
    info->domain = domid();
    if (getenv("XLSTUB_HVM"))
        info->flags |= XEN_DOMINF_hvm_guest;
    for (i = 0; uuid && i < 16; i++, uuid += 2) {
        while (*uuid == '-')
            uuid++;
        sscanf(uuid, "%2hhx", &info->handle[i]);
    }
    return 1;
}

int xc_flask_sid_to_context(xc_interface *xch, int sid, char *buf, uint32_t size)
{
    errno = ENOSYS;
    return -1;
}

const char *xc_domain_get_native_protocol(xc_interface *xch, uint32_t domain)
{
    return "x86_64-abi";
}

struct xs_handle *xs_open(unsigned long flags)
{
    return getenv("XENSTORED_PATH") ? REAL(xs_open)(flags) : (struct xs_handle *)handle;
}

void xs_close(struct xs_handle *xsh)
{
    if ((char *)xsh != handle)
        REAL(xs_close)(xsh);
}

bool xs_transaction_end(struct xs_handle *xsh, xs_transaction_t t, bool abort)
{
    bool ended = REAL(xs_transaction_end)(xsh, t, abort);
    committed |= ended && !abort;
    return ended;
}

static const char *moved(const char *path, char *buffer)
{
    const char *userdata = getenv("XLSTUB_USERDATA");

    if (!userdata || strncmp(path, COMPILED_IN, strlen(COMPILED_IN)))
        return path;
    snprintf(buffer, PATH_MAX, "%s/%s", userdata, path + strlen(COMPILED_IN));
    return buffer;
}

int open(const char *path, int flags, ...)
{
    char buffer[PATH_MAX];
    va_list arguments;
    mode_t mode;

    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
    return REAL(open)(moved(path, buffer), flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    char buffer[PATH_MAX];
    return REAL(fopen)(moved(path, buffer), mode);
}

int stat(const char *path, struct stat *st)
{
    char buffer[PATH_MAX];
    return REAL(stat)(moved(path, buffer), st);
}

int rename(const char *from, const char *to)
{
    char first[PATH_MAX], second[PATH_MAX];
    return REAL(rename)(moved(from, first), moved(to, second));
}

int unlink(const char *path)
{
    char buffer[PATH_MAX];
    int result = REAL(unlink)(moved(path, buffer));

    if (committed && !getenv("XLSTUB_WHOLE") && strstr(path, ".domain-userdata-lock"))
        _exit(0);
    return result;
}
